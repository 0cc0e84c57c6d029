package dev.checkrein.agent.stub;

import dev.checkrein.agent.jvm.Internals;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.internal.bridge.Engines;
import dev.checkrein.internal.bridge.PollCode;
import dev.checkrein.internal.cancel.PollSwitch;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

/** The stub as it stands in this JVM, and the only way to write its fields. Its polls read the flag: nothing need be armed. */
public final class PollStub implements PollSwitch {
    private final MethodHandles.Lookup javaLang;
    private final MethodHandle pending;
    private final MethodHandle returning;
    private final VarHandle handedOver;
    private final VarHandle slowPath;
    private final VarHandle owner;
    private final VarHandle[] counters = new VarHandle[PollCode.COUNT];

    private volatile long forgotten;

    private PollStub(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
        Class<?> stub = lookup.lookupClass();
        javaLang = lookup;
        MethodType setter = MethodType.methodType(void.class, boolean.class);
        pending = lookup.findStatic(stub, StubClass.SET_PENDING, setter);
        returning = lookup.findStatic(stub, StubClass.SET_RETURNING, setter);
        handedOver = lookup.findStaticVarHandle(stub, StubClass.HANDED_OVER, MethodHandle.class);
        slowPath = lookup.findStaticVarHandle(stub, StubClass.SLOW_PATH, IntConsumer.class);
        owner = lookup.findStaticVarHandle(stub, StubClass.OWNER, BiFunction.class);
        for (PollKind kind : PollKind.values()) {
            counters[kind.code()] = lookup.findStaticVarHandle(stub, StubClass.counter(kind), long.class);
        }
    }

    /** Whether this JVM has the stub already, and with it another Checkrein agent. */
    public static boolean isDefined() {
        try {
            Class.forName(Engines.STUB, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Defines the stub in {@code java.base}. To that end opens {@code java.lang} to the unnamed module of the agent's own
     * class loader, and to nobody else: opened to the application's it would be open to the application.
     *
     * @param counting whether polls count how often they run
     * @throws ReflectiveOperationException if this JVM does not let an agent do that
     */
    public static PollStub define(Instrumentation instrumentation, boolean counting)
            throws ReflectiveOperationException {
        Internals.open(instrumentation, "java.lang");
        MethodHandles.Lookup javaLang = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
        javaLang.defineClass(FlagsClass.generate());
        Class<?> stub = javaLang.defineClass(StubClass.generate(counting));
        return new PollStub(MethodHandles.privateLookupIn(stub, MethodHandles.lookup()));
    }

    /**
     * Sends every poll that reads the flag to the slow path, or no more, but for those at returns. A volatile write, and a
     * plain one for those that read it so.
     */
    @Override
    public void pending(boolean value) {
        set(pending, value);
    }

    /** Sends polls at returns to the slow path, or no more. A volatile write. */
    @Override
    public void returning(boolean value) {
        set(returning, value);
    }

    private static void set(MethodHandle setter, boolean value) {
        try {
            setter.invokeExact(value);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Defines another class beside the stub. */
    Class<?> define(byte[] classFile) throws IllegalAccessException {
        return javaLang.defineClass(classFile);
    }

    /** Calls the method {@code get} of a shard's call site for the first time, by which it takes this handle and is linked. */
    void link(Class<?> site, MethodHandle invoker) throws Throwable {
        handedOver.setVolatile(invoker);
        javaLang.findStatic(site, "get", MethodType.methodType(boolean.class)).invoke();
        handedOver.setVolatile((MethodHandle) null);
    }

    /**
     * A method of a class beside the stub.
     *
     * @throws ReflectiveOperationException if there is none
     */
    MethodHandle method(Class<?> beside, String name, MethodType type) throws ReflectiveOperationException {
        return javaLang.findStatic(beside, name, type);
    }

    /** What polls run while pending. Must be set before they first are. A volatile write. */
    public void slowPath(IntConsumer code) {
        slowPath.setVolatile(code);
    }

    /** What other copies of the runtime find. A volatile write. */
    public void owner(BiFunction<String, Object[], Object> engine) {
        owner.setVolatile(engine);
    }

    /** Takes back some of the polls of each kind, which were not the application's. */
    public synchronized void forget(long polls) {
        forgotten += polls;
    }

    /** How often polls have run, by {@link PollCode}; zeros unless they count. Plain reads: other threads' may be late. */
    public long[] executed() {
        long[] executed = new long[PollCode.COUNT];
        for (int code = 0; code < executed.length; code++) {
            executed[code] = Math.max(0, (long) counters[code].get() - forgotten);
        }
        return executed;
    }
}
