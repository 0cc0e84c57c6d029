package dev.checkrein.agent.stub;

import dev.checkrein.agent.stub.ShardClass.Form;
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
    private Form promoted;
    private Form loops = Form.EMPTY;
    private Form entries;
    private MutableCallSite site;

    /** A way to have it poll more than before. */
    enum Promotion {
        /** Its loops, by what they were made for. */
        LOOPS,
        /** Its entries and allocations too: by the call site of its loops, or by the flag if there is none. */
        ENTRIES,
        /** Entries and allocations by the flag, for a pause: whoever comes in must find it set. */
        FLAGS,
        /** That, and its loops made ready, since one pause will have to stop one. */
        ALL
    }

    /**
     * Its class has been defined.
     *
     * @param promoted what its loops become
     * @param entries what its entries and allocations do from the start
     */
    Shard(int number, Class<?> stub, Form promoted, Form entries) {
        this.number = number;
        this.stub = stub;
        this.promoted = promoted;
        this.entries = entries;
    }

    /** Whether there is nothing to be done for that any more. */
    boolean has(Promotion promotion) {
        return switch (promotion) {
            case LOOPS -> loops != Form.EMPTY;
            case ENTRIES -> entries != Form.EMPTY;
            case FLAGS -> entries == Form.FLAG;
            case ALL -> has(Promotion.LOOPS) && has(Promotion.FLAGS);
        };
    }

    /**
     * Prepares the call site, so that no application thread has to link it.
     *
     * @param armed how it begins
     * @return what went wrong, so that loops will read the flag instead; or null
     */
    Throwable prepare(PollStub main, boolean armed) {
        if (promoted == Form.CALL_SITE && site == null) {
            try {
                MutableCallSite fresh = new MutableCallSite(armed ? ARMED : DISARMED);
                main.link(main.define(ShardClass.generateSite(number)), fresh.dynamicInvoker());
                site = fresh;
            } catch (Throwable e) {
                promoted = Form.FLAG;
                return e;
            }
        }
        return null;
    }

    /** The class as it is to be from now on. */
    ClassDefinition definition(Promotion promotion) {
        return new ClassDefinition(stub, ShardClass.generate(number, loopsWith(promotion), entriesWith(promotion)));
    }

    /** The JVM has taken that definition. */
    void redefined(Promotion promotion) {
        Form newEntries = entriesWith(promotion);
        loops = loopsWith(promotion);
        entries = newEntries;
    }

    private Form loopsWith(Promotion promotion) {
        return promotion == Promotion.LOOPS || promotion == Promotion.ALL ? promoted : loops;
    }

    private Form entriesWith(Promotion promotion) {
        return switch (promotion) {
            case LOOPS -> entries;
            case ENTRIES -> loops == Form.CALL_SITE ? Form.CALL_SITE : Form.FLAG;
            case FLAGS, ALL -> Form.FLAG;
        };
    }

    /** Null if it has no call site. */
    MutableCallSite site() {
        return site;
    }

    static void set(MutableCallSite site, boolean armed) {
        site.setTarget(armed ? ARMED : DISARMED);
    }
}
