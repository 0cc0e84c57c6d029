package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bodies that fill the heap and swallow the errors, each under a deadline. Prints the name of each and how it ended. One keeps
 * it full when its deadline passes, and for a while after that: nobody can do anything then, and nobody may forget it.
 */
public final class FullHeap {
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final long FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final int LARGE = 1 << 16;
    private static final int SMALL = 16;

    static long sink;

    /** Not a local variable: code that the JIT gives up must make what it had optimised away, and dies if it cannot. */
    static Object[] hoard;

    private FullHeap() {}

    public static void main(String[] args) throws Exception {
        Map<String, Callable<Object>> bodies = new LinkedHashMap<>();
        bodies.put("fills it again and again", FullHeap::fillAgainAndAgain);
        bodies.put("copies what does not fit", FullHeap::copyWhatDoesNotFit);
        bodies.put("keeps it full, then spins", FullHeap::keepItFullThenSpin);
        for (Map.Entry<String, Callable<Object>> body : bodies.entrySet()) {
            System.out.println(body.getKey() + ": " + ending(body.getValue()));
        }
    }

    private static String ending(Callable<Object> body) throws Exception {
        try {
            return "returned "
                    + CancellationScope.named("body").withDeadline(DEADLINE).call(body);
        } catch (TimeoutException e) {
            return "timed out by " + e.getCause().getClass().getSimpleName();
        }
    }

    private static Object fillAgainAndAgain() {
        List<byte[]> hoard = new ArrayList<>();
        while (true) {
            try {
                hoard.add(new byte[LARGE]);
            } catch (OutOfMemoryError full) {
                hoard.clear();
            }
        }
    }

    private static Object copyWhatDoesNotFit() {
        StringBuilder text = new StringBuilder("x");
        while (true) {
            try {
                text.append(text);
            } catch (OutOfMemoryError full) {
                // As if nothing had happened.
            }
        }
    }

    private static Object keepItFullThenSpin() {
        try {
            keepItFull();
        } finally {
            hoard = null; // or nothing could be said of how it ended
        }
        while (true) {
            sink++;
        }
    }

    private static void keepItFull() {
        int size = LARGE;
        long start = System.nanoTime();
        while (System.nanoTime() - start < FULL_NANOS) {
            try {
                hoard = new Object[] {hoard, new byte[size]};
            } catch (OutOfMemoryError full) {
                size = Math.max(SMALL, size / 2);
            }
        }
    }
}
