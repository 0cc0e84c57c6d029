package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which calls may block outside rewritten code. One table, a reason to each line. Everything outside the JDK that is not
 * rewritten may block, since nobody knows what it does; of the JDK what is listed here. What is missing here costs a pause
 * its guarantee, what is here in vain costs a test of a flag.
 */
public final class BlockingCalls {
    /** @param methods names; empty for all */
    private record Rule(String owners, Set<String> methods, String reason) {
        boolean isFor(String owner) {
            return owners.endsWith("/") ? owner.startsWith(owners) : owner.equals(owners);
        }
    }

    /** How the names of JDK packages begin. */
    private static final List<String> JDK = List.of(
            "java/",
            "javax/",
            "jdk/",
            "sun/",
            "com/sun/",
            "org/w3c/dom/",
            "org/xml/sax/",
            "org/ietf/jgss/",
            "netscape/javascript/");

    /** In the JDK, but without effects and without waiting: before the table. */
    private static final List<Rule> NEVER = List.of(
            rule("java/util/concurrent/atomic/", "compare and set"),
            rule("java/util/concurrent/ThreadLocalRandom", "the thread's own"),
            rule(
                    "java/util/concurrent/TimeUnit",
                    "arithmetic",
                    "toNanos",
                    "toMicros",
                    "toMillis",
                    "toSeconds",
                    "convert"),
            rule("java/io/Serializable", "has no methods"));

    private static final List<Rule> MAY = List.of(
            rule("java/lang/Object", "waits to be notified", "wait"),
            rule(
                    "java/lang/Thread",
                    "waits for time or for another thread",
                    "sleep",
                    "join",
                    "yield",
                    "start",
                    "onSpinWait"),
            rule("java/lang/Thread", "stops the JVM for a moment", "getStackTrace", "getAllStackTraces"),
            rule("java/lang/", "writes to a stream, under its lock", "printStackTrace"),
            rule("java/lang/Process", "waits for a process", "waitFor"),
            rule("java/lang/ProcessBuilder", "starts a process", "start"),
            rule("java/lang/Runtime", "starts a process, collects, or waits for shutdown hooks"),
            rule(
                    "java/lang/System",
                    "collects, loads, or waits for shutdown hooks",
                    "gc",
                    "runFinalization",
                    "exit",
                    "load",
                    "loadLibrary",
                    "getLogger"),
            rule("java/lang/Class", "loads and initialises classes", "forName", "newInstance"),
            rule("java/lang/Class", "input, from anybody's class loader", "getResource", "getResourceAsStream"),
            rule("java/lang/Module", "input, from anybody's class loader", "getResourceAsStream"),
            rule("java/lang/ClassLoader", "loads classes, under locks"),
            rule("java/lang/ClassValue", "computes it by anybody's code", "get"),
            rule("java/lang/StackWalker", "runs anybody's code", "walk", "forEach"),
            rule("java/lang/Readable", "input"),
            rule("java/lang/Appendable", "output"),
            rule("java/lang/foreign/", "native memory and code"),
            rule("java/lang/Runnable", "runs anybody's code"),
            rule("java/lang/AutoCloseable", "runs anybody's code"),
            rule("java/lang/Iterable", "runs anybody's code", "forEach"),
            rule("java/lang/StringBuffer", "synchronized"),
            rule("java/lang/ref/ReferenceQueue", "waits for the collector"),
            rule("java/lang/ref/Cleaner", "runs anybody's code"),
            rule("java/lang/reflect/", "runs anybody's code"),
            rule("java/lang/invoke/MethodHandle", "runs anybody's code"),
            rule("java/lang/management/", "asks the JVM, under its locks"),
            rule("java/io/", "input and output"),
            rule("java/net/", "the network, names to be looked up"),
            rule("java/nio/channels/", "input and output"),
            rule("java/nio/file/", "input and output"),
            rule("java/nio/MappedByteBuffer", "input and output", "force", "load"),
            rule("java/rmi/", "the network"),
            rule("java/sql/", "drivers, and the database behind them"),
            rule("java/awt/", "the event queue"),
            rule("java/applet/", "the event queue"),
            rule("java/beans/", "runs anybody's code"),
            rule("java/security/", "providers, loaded when needed; random numbers that wait for entropy"),
            rule("java/util/concurrent/", "locks, queues, futures, executors"),
            rule("java/util/function/", "runs anybody's code"),
            rule("java/util/stream/", "runs anybody's code, and parallel streams wait for it"),
            rule("java/util/jar/", "input and output"),
            rule("java/util/zip/", "input and output, under locks"),
            rule("java/util/logging/", "handlers, and the files and locks behind them"),
            rule("java/util/prefs/", "input and output"),
            rule("java/util/UUID", "random numbers, which may wait for entropy", "randomUUID"),
            rule("java/util/Timer", "a lock that its thread holds"),
            rule("java/util/TimerTask", "a lock that the timer's thread holds"),
            rule("java/util/Scanner", "input"),
            rule("java/util/ServiceLoader", "loads classes"),
            rule("java/util/ResourceBundle", "loads classes, input"),
            rule("java/util/Properties", "synchronized; input and output"),
            rule("java/util/Hashtable", "synchronized"),
            rule("java/util/Vector", "synchronized"),
            rule("java/util/Stack", "synchronized"),
            rule("java/util/Collections", "runs anybody's comparator", "sort"),
            rule(
                    "java/util/Arrays",
                    "runs anybody's comparator; parallel variants wait",
                    "sort",
                    "parallelSort",
                    "parallelPrefix",
                    "parallelSetAll",
                    "setAll"),
            rule("javax/", "services whose providers are anybody's"),
            rule("jdk/", "the JDK's own services"),
            rule("sun/", "the JDK's own services"),
            rule("com/sun/", "the JDK's own services"),
            rule("org/w3c/dom/", "anybody's implementation, or the JDK's, which reads input"),
            rule("org/xml/sax/", "anybody's implementation, or the JDK's, which reads input"),
            rule("org/ietf/jgss/", "the network"),
            rule("netscape/javascript/", "a browser's code"));

    /** Those of a class that has none. */
    private static final BlockingCalls NONE = new BlockingCalls(List.of(), List.of());

    private static final BlockingCalls ALL =
            new BlockingCalls(List.of(rule("", "nobody knows what it does")), List.of());

    private final List<Rule> may;
    private final List<Rule> never;

    /** Of classes of the JDK that others extend: threads, locks, queues, pools, synchronizers, phasers. */
    private static final Set<String> INHERITED = Set.of(
            "sleep",
            "join",
            "printStackTrace",
            "await",
            "awaitNanos",
            "awaitUntil",
            "awaitUninterruptibly",
            "awaitTermination",
            "awaitQuiescence",
            "acquire",
            "acquireInterruptibly",
            "acquireUninterruptibly",
            "acquireShared",
            "acquireSharedInterruptibly",
            "lock",
            "lockInterruptibly",
            "tryLock",
            "take",
            "transfer",
            "exchange",
            "invoke",
            "invokeAll",
            "invokeAny",
            "arriveAndAwaitAdvance",
            "awaitAdvance",
            "awaitAdvanceInterruptibly");

    /** Of queues and streams; others of these names are called all the time, and do not block. */
    private static final Set<String> INHERITED_WITH_DESCRIPTOR = Set.of(
            "put(Ljava/lang/Object;)V",
            "read()I",
            "read([B)I",
            "read([BII)I",
            "read([CII)I",
            "write([BII)V",
            "flush()V");

    private static final String TIMED = "Ljava/util/concurrent/TimeUnit;";

    private BlockingCalls(List<Rule> may, List<Rule> never) {
        this.may = may;
        this.never = never;
    }

    /**
     * Those of a class that is not rewritten.
     *
     * @param owner as in class files
     */
    public static BlockingCalls of(String owner) {
        if (owner.startsWith("[")) {
            return NONE; // clone
        }
        if (!isJdk(owner)) {
            return ALL;
        }
        List<Rule> may = rulesFor(owner, MAY);
        return may.isEmpty() ? NONE : new BlockingCalls(may, rulesFor(owner, NEVER));
    }

    /**
     * Whether a method that is called by the name of a class that is rewritten may be one that it inherits, and that blocks: by its
     * name, or because it takes a time.
     */
    static boolean mayBeInherited(String method, String descriptor) {
        return INHERITED.contains(method)
                || descriptor.contains(TIMED)
                || INHERITED_WITH_DESCRIPTOR.contains(method + descriptor);
    }

    private static boolean isJdk(String owner) {
        for (String root : JDK) {
            if (owner.startsWith(root)) {
                return true;
            }
        }
        return false;
    }

    private static List<Rule> rulesFor(String owner, List<Rule> rules) {
        List<Rule> some = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.isFor(owner)) {
                some.add(rule);
            }
        }
        return some;
    }

    /** Whether a call of this method is among them. */
    public boolean contain(String method) {
        return matchesAny(may, method) && !matchesAny(never, method);
    }

    private static boolean matchesAny(List<Rule> rules, String method) {
        for (int i = 0; i < rules.size(); i++) {
            Set<String> methods = rules.get(i).methods;
            if (methods.isEmpty() || methods.contains(method)) {
                return true;
            }
        }
        return false;
    }

    private static Rule rule(String owners, String reason, String... methods) {
        return new Rule(owners, Set.of(methods), reason);
    }
}
