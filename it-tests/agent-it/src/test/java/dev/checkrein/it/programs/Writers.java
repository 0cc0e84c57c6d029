package dev.checkrein.it.programs;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Ways of writing: places that are written, and ways by which a thread comes to write. Most of them are endless loops. */
@SuppressWarnings("InfiniteLoopStatement")
public final class Writers {
    private static final Object MONITOR = new Object();

    private static long field;
    private static volatile long volatileField;
    private static long underMonitor;
    private static long inRecursion;
    private static long byThreads;
    private static long byTimer;
    private static long byScheduler;
    private static long byPool;
    private static long byReflection;
    private static long byHandle;
    private static long byCleaner;
    private static long afterSleep;
    private static long afterPark;
    private static long afterOwnSleep;
    private static long afterTimeout;
    private static long afterTake;
    private static long byVirtualThreads;
    private static long inHandler;
    private static long byFinalizer;
    private static final long[] BESIDE_LIST = new long[2];
    private static final List<Long> LIST = Collections.synchronizedList(new ArrayList<>(List.of(0L)));
    private static final AtomicLong ATOMIC = new AtomicLong();
    private static final AtomicLong BY_STREAM = new AtomicLong();
    private static final long[] ARRAY = new long[1 << 12];
    private static final Map<Long, Long> MAP = new HashMap<>();

    private Writers() {}

    private interface Body {
        void run() throws Throwable;
    }

    static List<Writer> startAll() throws Exception {
        List<Writer> all = new ArrayList<>();
        start("field", Writers::writeField);
        all.add(new Writer("field", () -> field));
        start("volatile field", Writers::writeVolatile);
        all.add(new Writer("volatile field", () -> volatileField));
        start("array", Writers::writeArray);
        all.add(new Writer("array, first", () -> ARRAY[0]));
        all.add(new Writer("array, last", () -> ARRAY[ARRAY.length - 1]));
        start("atomic", Writers::writeAtomic);
        all.add(new Writer("atomic", ATOMIC::get));
        start("map", Writers::writeMap);
        all.add(new Writer("map", () -> MAP.getOrDefault(7L, 0L)));
        start("monitor", Writers::writeUnderMonitor);
        start("monitor too", Writers::writeUnderMonitor);
        all.add(new Writer("monitor", () -> underMonitor));
        start("recursion", Writers::writeInRecursion);
        all.add(new Writer("recursion", () -> inRecursion));
        start("handler", Writers::writeInHandler);
        all.add(new Writer("handler", () -> inHandler));
        start("list", () -> writeBesideList(0));
        start("list too", () -> writeBesideList(1));
        all.add(new Writer("list", () -> BESIDE_LIST[0]));
        all.add(new Writer("list too", () -> BESIDE_LIST[1]));
        startOthers(all);
        return all;
    }

    private static void startOthers(List<Writer> all) throws Exception {
        start("threads", Writers::startThreads);
        all.add(new Writer("short threads", () -> byThreads));
        startTimers();
        all.add(new Writer("timer", () -> byTimer));
        all.add(new Writer("scheduler", () -> byScheduler));
        start("pool", Writers::feedPool);
        all.add(new Writer("pool", () -> byPool));
        start("stream", Writers::writeInStream);
        all.add(new Writer("stream", BY_STREAM::get));
        start("reflection", Writers::writeByReflection);
        all.add(new Writer("reflection", () -> byReflection));
        all.add(new Writer("method handle", () -> byHandle));
        start("cleaner", Writers::writeByCleaner);
        all.add(new Writer("cleaner", () -> byCleaner));
        all.add(new Writer("finalizer", () -> byFinalizer));
        start("sleep", Writers::writeAfterSleep);
        all.add(new Writer("sleep", () -> afterSleep));
        start("park", Writers::writeAfterPark);
        all.add(new Writer("park", () -> afterPark));
        new OwnSleeper().start();
        all.add(new Writer("sleep of a thread's own", () -> afterOwnSleep));
        start("timeout", Writers::writeAfterTimeout);
        all.add(new Writer("timeout in a callee", () -> afterTimeout));
        startQueue();
        all.add(new Writer("queue", () -> afterTake));
        if (Runtime.version().feature() >= 21) {
            start("virtual", Writers::startVirtualThreads);
            all.add(new Writer("virtual threads", () -> byVirtualThreads));
        }
    }

    private static void start(String name, Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (Throwable t) {
                        t.printStackTrace();
                        System.exit(2);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void writeField() {
        while (true) {
            field++;
        }
    }

    private static void writeVolatile() {
        while (true) {
            volatileField++;
        }
    }

    private static void writeArray() {
        while (true) {
            for (int i = 0; i < ARRAY.length; i++) {
                ARRAY[i] += 3;
            }
        }
    }

    private static void writeAtomic() {
        while (true) {
            ATOMIC.incrementAndGet();
        }
    }

    private static void writeMap() {
        for (long i = 1; ; i++) {
            MAP.put(7L, i);
        }
    }

    private static void writeUnderMonitor() {
        while (true) {
            synchronized (MONITOR) {
                underMonitor++;
            }
        }
    }

    /** They wait for one another in calls that no poll follows, nor is there a call or an entry in the loop. */
    private static void writeBesideList(int place) {
        while (true) {
            LIST.set(0, null);
            BESIDE_LIST[place]++;
        }
    }

    private static void writeInRecursion() {
        while (true) {
            descend(200);
        }
    }

    private static void descend(int frames) {
        inRecursion++;
        if (frames > 0) {
            descend(frames - 1);
            inRecursion++;
        }
    }

    private static void writeInHandler() {
        Object nothing = null;
        while (true) {
            try {
                nothing.hashCode();
            } catch (NullPointerException e) {
                inHandler++;
            }
        }
    }

    private static void startThreads() throws InterruptedException {
        while (true) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 100; i++) {
                    byThreads++;
                }
            });
            thread.start();
            thread.join();
        }
    }

    private static void startTimers() {
        new Timer("timer", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                byTimer++;
                            }
                        },
                        1,
                        1);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        scheduler.scheduleAtFixedRate(() -> byScheduler++, 1, 1, TimeUnit.MILLISECONDS);
    }

    private static void feedPool() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        while (true) {
            pool.submit(() -> byPool++).get();
        }
    }

    private static void writeInStream() {
        while (true) {
            IntStream.range(0, 100).parallel().forEach(i -> BY_STREAM.addAndGet(i));
        }
    }

    static void entered() {
        byReflection++;
    }

    static void enteredByHandle() {
        byHandle++;
    }

    private static void writeByReflection() throws Throwable {
        Method method = Writers.class.getDeclaredMethod("entered");
        MethodHandle handle =
                MethodHandles.lookup().findStatic(Writers.class, "enteredByHandle", MethodType.methodType(void.class));
        while (true) {
            method.invoke(null);
            handle.invokeExact();
        }
    }

    private static void writeByCleaner() throws InterruptedException {
        Cleaner cleaner = Cleaner.create();
        while (true) {
            for (int i = 0; i < 100; i++) {
                cleaner.register(new Object(), () -> byCleaner++);
                new Finalized();
            }
            System.gc();
            Thread.sleep(20); // between collections, which stop everybody
        }
    }

    /** As old code has it. */
    @SuppressWarnings({"deprecation", "removal"})
    private static final class Finalized {
        @Override
        protected void finalize() {
            byFinalizer++;
        }
    }

    private static void writeAfterSleep() throws InterruptedException {
        while (true) {
            Thread.sleep(0, 100_000); // the subject
            afterSleep++;
        }
    }

    private static void writeAfterPark() {
        while (true) {
            LockSupport.parkNanos(50_000);
            afterPark++;
        }
    }

    /** Sleeps by a name that is not the JDK's. */
    private static final class OwnSleeper extends Thread {
        OwnSleeper() {
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    sleep(0, 100_000); // the subject
                    afterOwnSleep++;
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void writeAfterTimeout() throws Exception {
        CompletableFuture<Object> never = new CompletableFuture<>();
        while (true) {
            try {
                await(never);
            } catch (TimeoutException e) {
                afterTimeout++;
            }
        }
    }

    private static Object await(CompletableFuture<Object> future) throws Exception {
        return future.get(100, TimeUnit.MICROSECONDS);
    }

    private static void startQueue() {
        BlockingQueue<Long> queue = new ArrayBlockingQueue<>(1);
        start("put", () -> {
            for (long i = 1; ; i++) {
                queue.put(i);
            }
        });
        start("take", () -> {
            while (true) {
                afterTake = queue.take();
            }
        });
    }

    /** They spin, block and end. */
    private static void startVirtualThreads() throws Exception {
        Executor virtual = (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        BlockingQueue<Long> done = new ArrayBlockingQueue<>(100);
        while (true) {
            for (int i = 0; i < 10; i++) {
                virtual.execute(() -> {
                    for (int n = 0; n < 1_000; n++) {
                        byVirtualThreads++;
                    }
                    LockSupport.parkNanos(10_000);
                    byVirtualThreads++;
                    done.add(1L);
                });
            }
            for (int i = 0; i < 10; i++) {
                done.take();
            }
        }
    }
}
