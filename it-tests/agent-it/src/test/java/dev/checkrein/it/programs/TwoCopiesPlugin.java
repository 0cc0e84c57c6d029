package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The plugin of {@link TwoCopies}. */
public final class TwoCopiesPlugin implements Runnable {
    static volatile long sink;

    /** Which copy of the API it sees. */
    public Class<?> api() {
        return CancellationScope.class;
    }

    /** A deadline of the plugin's own. */
    @Override
    public void run() {
        try {
            CancellationScope.named("plugin")
                    .withDeadline(Duration.ofMillis(100))
                    .run(TwoCopiesPlugin::spin);
        } catch (TimeoutException e) {
            System.out.println("plugin: " + e.getMessage());
        }
    }

    /** Spins in a scope of the plugin's own copy, which must let the host's end pass. */
    public Runnable endless() {
        return () -> {
            try {
                CancellationScope.named("inner")
                        .withDeadline(Duration.ofDays(1))
                        .run(TwoCopiesPlugin::spin);
            } catch (TimeoutException e) {
                System.out.println("the plugin's boundary took what was the host's");
            } finally {
                System.out.println("plugin cleans up");
            }
        };
    }

    private static void spin() {
        while (true) {
            sink++;
        }
    }
}
