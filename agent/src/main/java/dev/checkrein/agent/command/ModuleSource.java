package dev.checkrein.agent.command;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Modules of the running JDK: one, whose classes stand at the root, or all, each in a folder of its name. */
final class ModuleSource implements ClassSource {
    static final String SCHEME = "jrt:/";

    private final String module;
    private final Set<String> packages;

    private ModuleSource(String module, Set<String> packages) {
        this.module = module;
        this.packages = packages;
    }

    /**
     * Opens what a {@code jrt:} address names; empty if this JDK has no such module.
     *
     * @param address {@code jrt:/} or {@code jrt:/MODULE}
     */
    static Optional<ModuleSource> open(String address) {
        String module = address.substring(SCHEME.length());
        if (module.isEmpty()) {
            return Optional.of(new ModuleSource(module, Set.of()));
        }
        try {
            return ModuleFinder.ofSystem()
                    .find(module)
                    .map(found -> new ModuleSource(module, found.descriptor().packages()));
        } catch (IllegalArgumentException noNameOfAModule) {
            return Optional.empty();
        }
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        Path root = FileSystems.getFileSystem(URI.create(SCHEME)).getPath("/modules", module);
        new FolderSource(root).forEach(visitor);
    }

    /** Whether it is all of them. */
    boolean isWholeJdk() {
        return module.isEmpty();
    }

    /** The modules in it. */
    List<String> modules() {
        return isWholeJdk()
                ? ModuleFinder.ofSystem().findAll().stream()
                        .map(found -> found.descriptor().name())
                        .sorted()
                        .toList()
                : List.of(module);
    }

    /** Where a module's files are, seen from the root: with a slash at the end, or empty. */
    String folderOf(String itsModule) {
        return isWholeJdk() ? itsModule + "/" : "";
    }

    /** Whether it has a class of this internal name, provided that the JDK has one. */
    boolean contains(String internalName) {
        int slash = Math.max(0, internalName.lastIndexOf('/'));
        return isWholeJdk()
                || packages.contains(internalName.substring(0, slash).replace('/', '.'));
    }

    @Override
    public void close() {
        // The file system of the running JDK stays.
    }
}
