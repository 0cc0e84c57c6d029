package dev.checkrein.it.programs.kill;

import java.util.List;
import java.util.stream.Stream;

/** Loops and recursions. */
final class SpinningRows {
    static long sink;

    private SpinningRows() {}

    static List<Row> all() {
        return Stream.of(loops(), recursions()).flatMap(List::stream).toList();
    }

    static List<Row> loops() {
        return List.of(
                Row.of("tight loop", () -> SpinningRows::tightLoop),
                Row.of("counted loops of 2³¹ turns, nested three deep", () -> SpinningRows::countedLoops),
                Row.of("loops that catch every `Throwable`, nested", () -> SpinningRows::swallowingLoops),
                Row.of("loop in a `finally` block", () -> SpinningRows::loopInFinally),
                Row.of("loop in a `catch` block", () -> SpinningRows::loopInCatch),
                Row.of("exceptions as control flow", () -> SpinningRows::exceptions));
    }

    private static List<Row> recursions() {
        return List.of(
                Row.of("recursion that catches its `StackOverflowError`", () -> SpinningRows::recursion),
                Row.of(
                        "recursion that catches it at every level and tries again",
                        () -> SpinningRows::stubbornRecursion));
    }

    private static void tightLoop(Runnable begun) {
        begun.run();
        while (sink != -1) {
            sink += 2;
        }
    }

    private static void countedLoops(Runnable begun) {
        begun.run();
        long x = 0;
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
            for (int j = 0; j < Integer.MAX_VALUE; j++) {
                for (int k = 0; k < Integer.MAX_VALUE; k++) {
                    x += i ^ j ^ k;
                }
            }
        }
        sink = x;
    }

    private static void swallowingLoops(Runnable begun) {
        begun.run();
        while (sink != -1) {
            try {
                while (sink != -1) {
                    try {
                        while (sink != -1) {
                            sink += 2;
                        }
                    } catch (Throwable first) {
                        sink += 4;
                    }
                }
            } catch (Throwable second) {
                sink += 6;
            }
        }
    }

    private static void loopInFinally(Runnable begun) {
        try {
            begun.run();
        } finally {
            while (sink != -1) {
                sink += 2;
            }
        }
    }

    private static void loopInCatch(Runnable begun) {
        try {
            throw new IllegalStateException("caught below");
        } catch (IllegalStateException e) {
            begun.run();
            while (sink != -1) {
                sink += 2;
            }
        }
    }

    private static void recursion(Runnable begun) {
        begun.run();
        while (sink != -1) {
            try {
                descend();
            } catch (StackOverflowError e) {
                sink += 2;
            }
        }
    }

    private static long descend() {
        return descend() + 1;
    }

    private static void stubbornRecursion(Runnable begun) {
        begun.run();
        descendTwice();
    }

    /** Would take 2 to the power of the stack's depth calls, all but a few of them at the very end of the stack. */
    private static void descendTwice() {
        try {
            descendTwice();
        } catch (StackOverflowError e) {
            descendTwice();
        }
    }

    private static void exceptions(Runnable begun) {
        begun.run();
        while (sink != -1) {
            try {
                throwing(sink);
            } catch (IllegalStateException e) {
                sink += 2;
            }
        }
    }

    private static void throwing(long value) {
        if (value != -1) {
            throw new IllegalStateException("control flow");
        }
    }
}
