package dev.checkrein.agent.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What makes a jar a signed one: files beside its manifest, and digests in it (JAR File Specification, "Signed JAR File").
 * They have to go when a class is changed, or the JVM would refuse to load it.
 */
final class JarSignature {
    static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** {@code SIG-} is a prefix that the specification keeps for signatures in other formats. */
    private static final Pattern FILE = Pattern.compile("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");

    private JarSignature() {}

    static boolean isPart(String path) {
        return FILE.matcher(path.toUpperCase(Locale.ROOT)).matches();
    }

    /** The manifest without digests, and without the sections that held nothing else. */
    static byte[] withoutDigests(byte[] manifestFile) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(manifestFile));
        manifest.getEntries().values().forEach(JarSignature::removeDigests);
        manifest.getEntries().values().removeIf(Attributes::isEmpty);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        return out.toByteArray();
    }

    private static void removeDigests(Attributes section) {
        section.keySet().removeIf(key -> {
            String name = key.toString().toUpperCase(Locale.ROOT);
            return name.endsWith("-DIGEST") || name.contains("-DIGEST-") || name.equals("MAGIC");
        });
    }
}
