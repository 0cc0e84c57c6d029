package dev.checkrein.it.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Run in a child JVM: loads and links every class that a file names, and so has it verified, without initialising any. Prints
 * a line for each that cannot be linked, and the number of those that can.
 */
final class LinkAll {
    private LinkAll() {}

    public static void main(String[] args) throws IOException {
        int linked = 0;
        StringBuilder failures = new StringBuilder();
        for (String name : Files.readAllLines(Path.of(args[0]))) {
            String failure = link(name);
            if (failure == null) {
                linked++;
            } else {
                failures.append(name + "\t" + failure + "\n");
            }
        }
        System.out.print(failures);
        System.out.println("linked " + linked);
    }

    private static String link(String name) {
        try {
            Class<?> c = Class.forName(name, false, ClassLoader.getSystemClassLoader());
            c.getDeclaredFields(); // HotSpot links a class before it looks at its members
            return null;
        } catch (NoClassDefFoundError | ClassNotFoundException | TypeNotPresentException e) {
            return "missing " + e.getMessage();
        } catch (LinkageError e) {
            return e.getClass().getSimpleName() + " "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }
}
