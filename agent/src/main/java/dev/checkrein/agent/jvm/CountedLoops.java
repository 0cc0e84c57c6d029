package dev.checkrein.agent.jvm;

import java.lang.instrument.Instrumentation;

/**
 * Has the JIT keep its own safepoint polls in counted loops, one in a thousand turns, whatever the collector: what
 * {@code -XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000} does, which is the default with G1, ZGC and Shenandoah and
 * may be given with the others. The compiler looks at these flags whenever it compiles a method, so setting them before the
 * application runs is as good as giving them.
 *
 * <p>The alternative is for every loop to read a flag of ours, which makes the tightest ones six times as slow.
 */
public final class CountedLoops {
    private static final String SAFEPOINTS = "UseCountedLoopSafepoints";
    private static final String TURNS = "LoopStripMiningIter";
    private static final String TURNS_OF_SHORT_LOOPS = "LoopStripMiningIterShortLoop";

    /** The defaults that HotSpot has where it mines loops in strips. */
    private static final long DEFAULT_TURNS = 1_000;

    private static final long DEFAULT_TURNS_OF_SHORT_LOOPS = DEFAULT_TURNS / 10;

    private CountedLoops() {}

    /**
     * Sets the flags unless the user has set them.
     *
     * @return whether the JIT keeps its polls; if not, nothing was changed
     */
    public static boolean keepPolls(Instrumentation instrumentation) {
        try {
            JvmFlags flags = JvmFlags.find(instrumentation, SAFEPOINTS, TURNS, TURNS_OF_SHORT_LOOPS);
            if (flags.isSet(SAFEPOINTS)) {
                return true;
            }
            if (flags.number(TURNS) != 0 || flags.number(TURNS_OF_SHORT_LOOPS) != 0) {
                return false; // not as known
            }
            flags.set(TURNS, DEFAULT_TURNS);
            flags.set(TURNS_OF_SHORT_LOOPS, DEFAULT_TURNS_OF_SHORT_LOOPS);
            flags.set(SAFEPOINTS);
            return true;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notThisJvm) {
            return false;
        }
    }
}
