package dev.checkrein.agent.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a JVM has to be told in order to see the rewritten classes, or those they were made from. */
interface VerifyTarget {
    /**
     * Arguments for the JVM.
     *
     * @param patch a folder whose classes are to be part of {@code java.base}
     */
    List<String> jvmArguments(boolean rewritten, Path patch);

    /** Arguments for {@link VerifyingMain}. */
    List<String> arguments(boolean rewritten);

    /** Where {@link VerifyingMain} is to look for a class. */
    String whereIs(RewrittenClass c);

    /** Classes of an application. */
    record Files(Path in, Path out, String classPath) implements VerifyTarget {
        @Override
        public List<String> jvmArguments(boolean rewritten, Path patch) {
            return List.of("--patch-module", "java.base=" + patch);
        }

        @Override
        public List<String> arguments(boolean rewritten) {
            return List.of((rewritten ? out : in).toString(), classPath);
        }

        @Override
        public String whereIs(RewrittenClass c) {
            return c.path();
        }
    }

    /** The JDK's own classes, which a JVM takes from nowhere but its modules. */
    record Modules(ModuleSource in, Path out) implements VerifyTarget {
        private static final String BASE = "java.base";

        @Override
        public List<String> jvmArguments(boolean rewritten, Path patch) {
            List<String> arguments = new ArrayList<>();
            String base = patch.toString();
            for (String module : rewritten ? in.modules() : List.<String>of()) {
                String folder = out.resolve(in.folderOf(module)).toString();
                if (module.equals(BASE)) {
                    base = folder + File.pathSeparator + patch;
                } else {
                    arguments.addAll(List.of("--patch-module", module + "=" + folder));
                }
            }
            arguments.addAll(List.of("--patch-module", BASE + "=" + base, "--add-modules", "ALL-SYSTEM"));
            return arguments;
        }

        @Override
        public List<String> arguments(boolean rewritten) {
            return List.of(VerifyingMain.MODULES, "");
        }

        @Override
        public String whereIs(RewrittenClass c) {
            return in.isWholeJdk()
                    ? c.path().substring(0, c.path().indexOf('/'))
                    : in.modules().get(0);
        }
    }
}
