package dev.checkrein.agent.stub;

import dev.checkrein.agent.stub.ShardClass.LoopForm;
import java.lang.instrument.ClassDefinition;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/** A shard as it stands in this JVM. Confined to the thread that arms, but for its class. */
final class Shard {
    private static final MethodHandle ARMED = MethodHandles.constant(boolean.class, true);
    private static final MethodHandle DISARMED = MethodHandles.constant(boolean.class, false);

    final int number;
    private final Class<?> stub;
    private LoopForm promoted;
    private LoopForm loops = LoopForm.EMPTY;
    private boolean flags;
    private MutableCallSite site;

    /**
     * Its class has been defined.
     *
     * @param promoted what its loops become
     * @param flags whether its entries and allocations read the flag from the start
     */
    Shard(int number, Class<?> stub, LoopForm promoted, boolean flags) {
        this.number = number;
        this.stub = stub;
        this.promoted = promoted;
        this.flags = flags;
    }

    boolean isPromoted() {
        return loops != LoopForm.EMPTY;
    }

    boolean hasFlags() {
        return flags;
    }

    /**
     * Prepares the call site, armed, so that no application thread has to link it.
     *
     * @return what went wrong, so that loops will read the flag instead; or null
     */
    Throwable prepare(PollStub main) {
        if (promoted == LoopForm.CALL_SITE && site == null) {
            try {
                MutableCallSite fresh = new MutableCallSite(ARMED);
                main.link(main.define(ShardClass.generateSite(number)), fresh.dynamicInvoker());
                site = fresh;
            } catch (Throwable e) {
                promoted = LoopForm.FLAG;
                return e;
            }
        }
        return null;
    }

    /** The class as it is to be from now on. */
    ClassDefinition definition(boolean promoteLoops, boolean setFlags) {
        LoopForm form = promoteLoops ? promoted : loops;
        return new ClassDefinition(stub, ShardClass.generate(number, form, flags || setFlags));
    }

    /** The JVM has taken that definition. */
    void redefined(boolean promoteLoops, boolean setFlags) {
        loops = promoteLoops ? promoted : loops;
        flags |= setFlags;
    }

    /** Null if its loops have no call site. */
    MutableCallSite site() {
        return site;
    }

    static void set(MutableCallSite site, boolean armed) {
        site.setTarget(armed ? ARMED : DISARMED);
    }
}
