package dev.checkrein.it.benchmarks.driver;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the figures were taken on.
 *
 * @param cpu the processor's model
 * @param cores how many the JVM sees
 * @param system the operating system
 * @param load the load average of the last minute when the run began; negative where the system tells none
 */
record Machine(String cpu, int cores, String system, double load) {
    /** Above it others are at work, and figures are noise. */
    private static final double QUIET = 0.5;

    static Machine here() {
        return new Machine(
                cpuModel().orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Optional<String> cpuModel() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    Optional<String> warning() {
        return load <= QUIET
                ? Optional.empty()
                : Optional.of("The load average was " + load
                        + " at the start: others were at work, take the figures with care.");
    }
}
