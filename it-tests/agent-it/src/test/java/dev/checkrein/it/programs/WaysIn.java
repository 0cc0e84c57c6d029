package dev.checkrein.it.programs;

import dev.checkrein.Checkrein;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The ways by which code that was not rewritten comes into code that was. Prints for each how many of its methods polled at
 * their entries. Every one is tried once without counting, so that what is loaded and linked on the way does not count.
 */
public final class WaysIn {
    static volatile long effect;

    private WaysIn() {}

    public static void main(String[] args) throws Exception {
        show("method reference", WaysIn::methodReference);
        show("lambda that does nothing", () -> Stream.of(1).map(x -> x).toList());
        show(
                "comparator in a sort",
                () -> Arrays.asList(2, 1).stream().sorted(WaysIn::compare).toList());
        show("reflection", () -> WaysIn.class.getDeclaredMethod("enter").invoke(null));
        show(
                "reflective constructor",
                () -> Entered.class.getDeclaredConstructor(int.class).newInstance(1));
        show("method handle", WaysIn::methodHandle);
        show("proxy", WaysIn::proxy);
        show("deserialisation", WaysIn::deserialise);
        show("thread started by the JVM", WaysIn::thread);
        show("class initialised by the JVM", WaysIn::initialise);
        show("executor", WaysIn::executor);
        show("cleaner", WaysIn::cleaner);
        if (Runtime.version().feature() >= 22) {
            show("native upcall", WaysIn::upcall);
        }
    }

    private static void show(String way, Callable<?> in) throws Exception {
        in.call();
        long before = Checkrein.status().executed().entries();
        in.call();
        System.out.println(way + ": " + (Checkrein.status().executed().entries() - before));
    }

    static void enter() {
        effect++;
    }

    private static int compare(int a, int b) {
        effect++;
        return Integer.compare(a, b);
    }

    private static final class Entered implements Serializable {
        private static final long serialVersionUID = 1L;

        Entered(int value) {
            effect += value;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            effect++;
        }
    }

    /** The entry is that of the method meant, called from the JDK. */
    private static Object methodReference() {
        List.of(new AtomicLong()).forEach(WaysIn::touch);
        return null;
    }

    private static void touch(AtomicLong value) {
        value.incrementAndGet();
    }

    private static Object methodHandle() throws Exception {
        try {
            MethodHandles.lookup()
                    .findStatic(WaysIn.class, "enter", MethodType.methodType(void.class))
                    .invoke();
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object proxy() {
        InvocationHandler handler = (proxy, method, arguments) -> effect++ > 0 ? null : null;
        ((Runnable) Proxy.newProxyInstance(WaysIn.class.getClassLoader(), new Class<?>[] {Runnable.class}, handler))
                .run();
        return null;
    }

    private static Object deserialise() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of(new Entered(1))));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private static Object thread() throws InterruptedException {
        Thread thread = new Thread(WaysIn::enter);
        thread.start();
        thread.join();
        return null;
    }

    private static int initialised;

    private static final class First {
        static {
            effect++;
        }
    }

    private static final class Second {
        static {
            effect++;
        }
    }

    private static Object initialise() throws ClassNotFoundException {
        return Class.forName(WaysIn.class.getName() + (initialised++ == 0 ? "$First" : "$Second"));
    }

    private static Object executor() throws Exception {
        var pool = Executors.newSingleThreadExecutor();
        try {
            return pool.submit(WaysIn::enter).get();
        } finally {
            pool.shutdown();
        }
    }

    private static Object cleaner() throws InterruptedException {
        CountDownLatch cleaned = new CountDownLatch(1);
        Cleaner.create().register(new Object(), () -> {
            enter();
            cleaned.countDown();
        });
        while (cleaned.getCount() > 0) {
            System.gc();
            Thread.onSpinWait();
        }
        return null;
    }

    /** C's {@code qsort} with a comparator in here. By reflection: there is no way to it in Java 17. */
    private static Object upcall() throws Exception {
        String foreign = "java.lang.foreign.";
        Class<?> segment = Class.forName(foreign + "MemorySegment");
        Class<?> layout = Class.forName(foreign + "MemoryLayout");
        Class<?> layouts = Class.forName(foreign + "ValueLayout");
        Class<?> arenas = Class.forName(foreign + "Arena");
        Class<?> linkers = Class.forName(foreign + "Linker");
        Class<?> options = Class.forName(foreign + "Linker$Option").arrayType();
        Class<?> descriptors = Class.forName(foreign + "FunctionDescriptor");
        Object address = layouts.getField("ADDRESS").get(null);
        Object size = layouts.getField("JAVA_LONG").get(null);
        Object integer = layouts.getField("JAVA_INT").get(null);
        Object[] two = (Object[]) Array.newInstance(layout, 2);
        Arrays.fill(two, address);
        Object[] four = (Object[]) Array.newInstance(layout, 4);
        System.arraycopy(new Object[] {address, size, size, address}, 0, four, 0, 4);
        Object none = Array.newInstance(options.componentType(), 0);
        Object comparing = descriptors.getMethod("of", layout, two.getClass()).invoke(null, integer, two);
        Object sorting = descriptors.getMethod("ofVoid", four.getClass()).invoke(null, (Object) four);
        Object linker = linkers.getMethod("nativeLinker").invoke(null);
        Object lookup = linkers.getMethod("defaultLookup").invoke(linker);
        Object symbol = ((Optional<?>) Class.forName(foreign + "SymbolLookup")
                        .getMethod("find", String.class)
                        .invoke(lookup, "qsort"))
                .orElseThrow();
        MethodHandle sort = (MethodHandle) linkers.getMethod("downcallHandle", segment, descriptors, options)
                .invoke(linker, symbol, sorting, none);
        MethodHandle compare = MethodHandles.lookup()
                .findStatic(
                        WaysIn.class, "compareNatively", MethodType.methodType(int.class, Object.class, Object.class))
                .asType(MethodType.methodType(int.class, segment, segment));
        try (AutoCloseable arena =
                (AutoCloseable) arenas.getMethod("ofConfined").invoke(null)) {
            Object stub = linkers.getMethod("upcallStub", MethodHandle.class, descriptors, arenas, options)
                    .invoke(linker, compare, comparing, arena, none);
            Object numbers =
                    arenas.getMethod("allocate", long.class, long.class).invoke(arena, 8L, 4L);
            sort.invokeWithArguments(numbers, 2L, 4L, stub);
            return null;
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int compareNatively(Object a, Object b) {
        effect++;
        return 0;
    }
}
