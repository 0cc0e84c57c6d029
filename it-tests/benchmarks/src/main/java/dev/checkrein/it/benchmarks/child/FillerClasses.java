package dev.checkrein.it.benchmarks.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fills a JVM with classes, as a large application does: what redefines classes walks over all of them. */
final class FillerClasses extends ClassLoader {
    /** The one that the others are copies of, by its name in the class file. */
    private static final byte[] NAME = "/Filler00000".getBytes(StandardCharsets.UTF_8);

    private static final int DIGITS = 5;

    private FillerClasses() {
        super(FillerClasses.class.getClassLoader());
    }

    /** Loads and initialises this many. */
    static void load(int count) {
        FillerClasses loader = new FillerClasses();
        byte[] template = template();
        int name = indexOf(template, NAME);
        for (int i = 1; i <= count; i++) {
            byte[] number = String.format("%0" + DIGITS + "d", i).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(number, 0, template, name + NAME.length - DIGITS, DIGITS);
            try {
                Class<?> filler = loader.defineClass(null, template, 0, template.length);
                Class.forName(filler.getName(), true, loader);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static byte[] template() {
        try (InputStream in = FillerClasses.class.getResourceAsStream("Filler00000.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] bytes, byte[] sought) {
        for (int i = 0; i + sought.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        throw new IllegalStateException("the class file does not have its name in it");
    }
}
