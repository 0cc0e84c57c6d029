package dev.checkrein.internal.watch;

import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.DutyThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Hands findings on, one after the other on a thread of its own, to code of the application, which may do anything: whoever finds them
 * does not wait for that. While it hangs, the first hundred are kept. Thread-safe.
 */
public final class Teller implements Consumer<Finding>, Duty {
    private static final int KEPT = 100;

    private final DutyThread thread;
    private final BlockingQueue<Finding> untold = new ArrayBlockingQueue<>(KEPT);
    private final Consumer<Finding> listener;

    /**
     * @param threadName of the thread
     * @param listener may hang or fail
     */
    public Teller(String threadName, Consumer<Finding> listener) {
        this.listener = listener;
        thread = new DutyThread(threadName);
        thread.does(this);
    }

    @Override
    public void accept(Finding finding) {
        if (untold.offer(finding)) {
            thread.within(0);
        }
    }

    @Override
    public long turn() {
        for (Finding finding = untold.poll(); finding != null; finding = untold.poll()) {
            tell(listener, finding);
        }
        return NOT_UNTIL_ASKED;
    }

    /** The same at once, for those who wait for it. */
    public static void tell(Consumer<Finding> listener, Finding finding) {
        try {
            listener.accept(finding);
        } catch (Throwable failed) {
            StallLog.log("what was to be told has failed: " + finding.inWords(), failed);
        }
    }
}
