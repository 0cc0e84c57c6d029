package dev.checkrein.internal.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.CodeSource;
import java.util.Properties;

/** Which copy of the runtime this is. */
public final class OwnCopy {
    private OwnCopy() {}

    /** The version it was built as. */
    public static String version() {
        try (InputStream in = OwnCopy.class.getResourceAsStream("/dev/checkrein/internal/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of Checkrein's runtime is damaged", e);
        }
    }

    /** Where its classes come from, for messages. */
    public static String location() {
        CodeSource source = OwnCopy.class.getProtectionDomain().getCodeSource();
        return source == null ? "an unknown place" : String.valueOf(source.getLocation());
    }
}
