package dev.checkrein.it.programs.kill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What keeps a processor busy by more than a loop. */
public final class BusyRows {
    /** Its runs end by themselves, or are ended. */
    public static final String RACE = "work that is just about to return";

    static final int RACES = 200;

    private static final int SORTED = 500;
    private static final int LARGE = 1 << 16;
    private static final long BUDGET = 32 << 20;
    private static final int ELEMENTS = 1 << 10;

    static long sink;

    /** Of the next work that races, in turns. */
    private static int length = 2_000;

    private BusyRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("sort whose comparator never settles", () -> BusyRows::sort),
                Row.of("allocation of all the memory, again and again", () -> BusyRows::allocate),
                Row.of("allocation without end, with a budget of bytes", () -> BusyRows::allocate)
                        .withAllocationBudget(BUDGET),
                Row.of("loop that clears the interrupt flag", () -> BusyRows::clearInterrupts),
                Row.of("loop that starts threads", () -> BusyRows::startThreads),
                Row.of("parallel stream", ParallelStream::new),
                Row.of(RACE, Racing::new),
                Row.of("loop on a virtual thread", () -> BusyRows::loop).onVirtualThreads());
    }

    private static void loop(Runnable begun) {
        begun.run();
        while (sink != -1) {
            sink += 2;
        }
    }

    /** It says something else every time. */
    private static void sort(Runnable begun) {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, SORTED).boxed().toList());
        Comparator<Integer> fickle = (a, b) -> ((sink += 7) * 31 >>> 3 & 2) == 0 ? -1 : 1;
        begun.run();
        while (!numbers.isEmpty()) {
            try {
                numbers.sort(fickle);
            } catch (IllegalArgumentException broken) {
                sink++;
            }
        }
    }

    private static void allocate(Runnable begun) {
        List<byte[]> hoard = new ArrayList<>();
        begun.run();
        while (sink != -1) {
            try {
                hoard.add(new byte[LARGE]);
            } catch (OutOfMemoryError full) {
                hoard.clear();
            }
        }
    }

    private static void clearInterrupts(Runnable begun) {
        begun.run();
        while (sink != -1) {
            sink += Thread.interrupted() ? 2 : 4;
        }
    }

    private static void startThreads(Runnable begun) throws InterruptedException {
        begun.run();
        while (sink != -1) {
            Thread thread = new Thread(() -> sink += 2);
            thread.start();
            thread.join();
        }
    }

    /** What other threads do of it is not in the scope, and goes on. */
    private static final class ParallelStream implements Work {
        private volatile boolean over;

        @Override
        public void run(Runnable begun) {
            begun.run();
            IntStream.range(0, ELEMENTS).parallel().forEach(element -> {
                while (!over) {
                    sink += element;
                }
            });
        }

        @Override
        public void release() {
            over = true;
        }
    }

    /** As long as it takes to end it, whatever that is here: both are tried again and again. */
    private static final class Racing implements Work {
        @Override
        public void run(Runnable begun) {
            int turns = length;
            begun.run();
            long x = turns;
            for (int i = 0; i < turns; i++) {
                x = x * 31 + new int[] {i}.length;
            }
            sink = x;
        }

        @Override
        public void ended(boolean byItself) {
            length += byItself ? length / 4 + 1 : -length / 4;
        }
    }
}
