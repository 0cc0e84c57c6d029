package dev.checkrein.it.programs;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Bodies that never end by themselves, each run under a deadline. Prints the name of each and how it ended, as many
 * times over as the argument says: code that was stopped once is not as it was before. Where one sleeps, the sleep is what is to be ended; nothing waits for it.
 */
public final class Runaways {
    private static final Duration DEADLINE = Duration.ofMillis(100);

    static long sink;

    private Runaways() {}

    public static void main(String[] args) throws Exception {
        Map<String, Callable<Object>> bodies = new LinkedHashMap<>();
        bodies.put("tight loop", Runaways::tightLoop);
        bodies.put("nested counted loops", Runaways::nestedCountedLoops);
        bodies.put("vectorised loop", Runaways::vectorisedLoop);
        bodies.put("swallowing loop", Runaways::swallowingLoop);
        bodies.put("loop in finally", Runaways::loopInFinally);
        bodies.put("loop in catch", Runaways::loopInCatch);
        bodies.put("recursion", () -> recursion(40, 40));
        bodies.put("recursion into the stack's end", Runaways::recursionIntoTheStacksEnd);
        bodies.put("allocation", Runaways::allocation);
        bodies.put("exceptions as control flow", Runaways::exceptionsAsControlFlow);
        bodies.put("switch loop", Runaways::switchLoop);
        bodies.put("synchronized loop", Runaways::synchronizedLoop);
        bodies.put("sort that never settles", Runaways::sortThatNeverSettles);
        bodies.put("endless stream", Runaways::endlessStream);
        bodies.put("turns that take long outside", Runaways::coarseTurns);
        bodies.put("handler that takes long outside", Runaways::slowHandler);
        bodies.put("loop below a deep stack", () -> loopBelow(3_000));
        bodies.put("sleep", Runaways::sleep);
        bodies.put("sleep in a swallowing loop", Runaways::sleepInSwallowingLoop);
        bodies.put("await", Runaways::await);
        bodies.put("wait", Runaways::waitForNotify);
        bodies.put("select", Runaways::select);
        bodies.put("accept", Runaways::accept);
        bodies.put("method called loadClass", Runaways::loadClass);
        bodies.put("clears its interrupt flag", Runaways::clearsItsInterruptFlag);
        int rounds = args.length == 0 ? 1 : Integer.parseInt(args[0]);
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Callable<Object>> body : bodies.entrySet()) {
                System.out.println(body.getKey() + ": " + run(body.getValue()));
                if (Thread.interrupted()) {
                    System.out.println(body.getKey() + " left an interrupt behind");
                }
            }
        }
    }

    private static String run(Callable<Object> body) throws Exception {
        try {
            return "returned "
                    + CancellationScope.named("runaway").withDeadline(DEADLINE).call(body);
        } catch (TimeoutException e) {
            Throwable cause = e.getCause();
            return "timed out by "
                    + (cause instanceof CancellationError
                                    || cause instanceof InterruptedException
                                    || cause instanceof ClosedByInterruptException
                            ? cause.getClass().getSimpleName()
                            : String.valueOf(cause));
        }
    }

    private static Object tightLoop() {
        long x = 0;
        while (true) {
            x += 3;
            if (x == 1) {
                return x;
            }
        }
    }

    private static Object nestedCountedLoops() {
        long x = 0;
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
            for (int j = 0; j < Integer.MAX_VALUE; j++) {
                for (int k = 0; k < Integer.MAX_VALUE; k++) {
                    x += i ^ j ^ k;
                }
            }
        }
        return x;
    }

    private static Object vectorisedLoop() {
        float[] a = new float[4096];
        while (true) {
            for (int i = 0; i < a.length; i++) {
                a[i] = a[i] * 1.5f + 1;
            }
            sink += (long) a[7];
        }
    }

    private static Object swallowingLoop() {
        while (true) {
            try {
                while (true) {
                    try {
                        while (true) {
                            sink++;
                        }
                    } catch (Throwable first) {
                        sink += 2;
                    }
                }
            } catch (Throwable second) {
                sink += 3;
            }
        }
    }

    @SuppressWarnings("finally")
    private static Object loopInFinally() {
        try {
            sink++;
        } finally {
            while (sink != -1) {
                sink += 2;
            }
        }
        return null;
    }

    private static Object loopInCatch() {
        try {
            throw new IllegalStateException("caught below");
        } catch (IllegalStateException e) {
            while (true) {
                sink++;
            }
        }
    }

    private static Object recursion(int depth, int width) {
        for (int i = 0; i < width && depth > 0; i++) {
            recursion(depth - 1, width);
        }
        return null;
    }

    private static Object recursionIntoTheStacksEnd() {
        while (true) {
            try {
                endlessRecursion();
            } catch (StackOverflowError e) {
                sink++;
            }
        }
    }

    private static long endlessRecursion() {
        return endlessRecursion() + 1;
    }

    private static Object allocation() {
        List<Object> few = new ArrayList<>();
        while (true) {
            few.add(new int[16]);
            if (few.size() == 100) {
                few = new ArrayList<>();
            }
        }
    }

    private static Object exceptionsAsControlFlow() {
        while (true) {
            try {
                throwing(sink++);
            } catch (IllegalStateException e) {
                sink += 2;
            }
        }
    }

    private static void throwing(long value) {
        if (value >= 0) {
            throw new IllegalStateException("control flow");
        }
    }

    private static Object switchLoop() {
        int state = 0;
        while (true) {
            switch (state) {
                case 0:
                    state = 1;
                    continue;
                case 1:
                    state = 2;
                    continue;
                default:
                    state = 0;
            }
        }
    }

    private static Object synchronizedLoop() {
        Object lock = new Object();
        while (true) {
            synchronized (lock) {
                sink++;
            }
        }
    }

    private static Object sortThatNeverSettles() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 31; i++) {
            numbers.add(i);
        }
        while (true) {
            numbers.sort((a, b) -> {
                while (a.equals(b)) {
                    sink++;
                }
                return Integer.compare(a * 7 % 31, b * 7 % 31);
            });
        }
    }

    /** Most of the time is spent in the JDK: a poll comes once in a tenth of a second or so. */
    private static Object coarseTurns() {
        byte[] large = new byte[100_000_000];
        while (true) {
            sink += Arrays.hashCode(large);
        }
    }

    private static Object slowHandler() {
        byte[] large = new byte[100_000_000];
        while (true) {
            try {
                while (true) {
                    sink++;
                }
            } catch (Throwable swallowed) {
                sink += Arrays.hashCode(large);
            }
        }
    }

    /** Deeper than the JVM shows of another thread's stack. */
    private static Object loopBelow(int frames) {
        return frames == 0 ? tightLoop() : loopBelow(frames - 1);
    }

    /** The loop is the JDK's, and the body is inlined into it. */
    private static Object endlessStream() {
        IntStream.iterate(0, i -> i + 1).forEach(i -> {});
        return null;
    }

    private static Object sleep() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
        return null;
    }

    private static Object sleepInSwallowingLoop() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                sink++;
            }
        }
    }

    private static Object await() throws InterruptedException {
        new CountDownLatch(1).await();
        return null;
    }

    private static Object waitForNotify() throws InterruptedException {
        Object lock = new Object();
        synchronized (lock) {
            while (true) {
                lock.wait();
            }
        }
    }

    private static Object select() throws IOException {
        try (Selector selector = Selector.open()) {
            while (true) {
                sink += selector.select();
            }
        }
    }

    private static Object accept() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            return server.accept();
        }
    }

    private static Object loadClass() {
        while (true) {
            sink++;
        }
    }

    private static Object clearsItsInterruptFlag() {
        while (true) {
            sink += Thread.interrupted() ? 1 : 2;
        }
    }
}
