package dev.checkrein.agent.command;

import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.zip.ZipEntry;

/**
 * A file or folder of the input.
 *
 * @param path from the input's root, with slashes; that of a folder ends with one
 * @param bytes what is in it
 * @param modified when it was last changed
 * @param header how it stood in a jar, or null if it did not
 */
record Entry(String path, byte[] bytes, FileTime modified, ZipEntry header) {
    private static final String CLASS_SUFFIX = ".class";

    Entry withBytes(byte[] changed) {
        return new Entry(path, changed, modified, header);
    }

    boolean isFolder() {
        return path.endsWith("/");
    }

    /** Whether it is a class file that can have code in it: the descriptions of modules and packages have none. */
    boolean isClass() {
        return path.endsWith(CLASS_SUFFIX)
                && !isNamed("module-info" + CLASS_SUFFIX)
                && !isNamed("package-info" + CLASS_SUFFIX);
    }

    /** Whether it is itself a jar, or another archive that holds classes. */
    boolean isArchive() {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jar") || lower.endsWith(".war") || lower.endsWith(".ear") || lower.endsWith(".jmod");
    }

    private boolean isNamed(String name) {
        return path.equals(name) || path.endsWith("/" + name);
    }
}
