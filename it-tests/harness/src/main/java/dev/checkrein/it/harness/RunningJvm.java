package dev.checkrein.it.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A child JVM at work. Its streams are read all the while, so it can print as much as it likes. Thread-safe. */
public final class RunningJvm implements AutoCloseable {
    private final Jdk jdk;
    private final Process process;
    private final String command;
    private final long endNanos;
    private final Lines out;
    private final Lines err;

    RunningJvm(Jdk jdk, Process process, String command, Duration limit) {
        this.jdk = jdk;
        this.process = process;
        this.command = command;
        this.endNanos = System.nanoTime() + limit.toNanos();
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits until it has printed a line with this text to its standard output, and returns that line. */
    public String awaitOutput(String text) {
        try {
            Optional<String> line = out.await(text, endNanos);
            if (line.isEmpty()) {
                throw new AssertionError("ended or hung without printing \"" + text + "\"\n"
                        + finishedNow().describe());
            }
            return line.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Writes a line to its standard input. */
    public void send(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended; ends it, with a thread dump in the message, if that takes longer than allowed. */
    public FinishedJvm await() {
        try {
            if (!process.waitFor(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                String threads = threadDump();
                throw new AssertionError(
                        "still running at the limit\n" + finishedNow().describe() + threads);
            }
            return finishedNow();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends it at once. */
    @Override
    public void close() {
        kill(process);
    }

    /** By its handle: a process that is destroyed itself closes its streams, and what it printed last is lost. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    private FinishedJvm finishedNow() throws InterruptedException {
        kill(process);
        process.waitFor();
        return new FinishedJvm(command, process.exitValue(), out.all(), err.all());
    }

    private String threadDump() throws InterruptedException {
        try {
            Process jcmd = new ProcessBuilder(
                            jdk.program("jcmd").toString(), String.valueOf(process.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            Lines lines = new Lines(jcmd.getInputStream());
            jcmd.waitFor(20, TimeUnit.SECONDS);
            kill(jcmd);
            return String.join("\n", lines.all());
        } catch (IOException e) {
            return "(no thread dump: " + e + ")";
        }
    }

    private AssertionError interrupted(InterruptedException e) {
        kill(process);
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while waiting for " + command, e);
    }

    /** What came out of one stream so far. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();
        private final Thread reader;
        private boolean ended;

        Lines(InputStream stream) {
            reader = new Thread(() -> read(stream), "reads a child JVM");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream stream) {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    add(line);
                }
            } catch (IOException e) {
                add("(stream broken: " + e + ")");
            } finally {
                end();
            }
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized Optional<String> await(String text, long untilNanos) throws InterruptedException {
            while (true) {
                Optional<String> found =
                        lines.stream().filter(line -> line.contains(text)).findFirst();
                long left = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
                if (found.isPresent() || ended || left <= 0) {
                    return found;
                }
                wait(left);
            }
        }

        List<String> all() throws InterruptedException {
            reader.join(TimeUnit.SECONDS.toMillis(10));
            synchronized (this) {
                return List.copyOf(lines);
            }
        }
    }
}
