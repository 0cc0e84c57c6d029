package dev.checkrein.it.benchmarks.child;

import dev.checkrein.it.benchmarks.Phase;
import java.util.concurrent.Callable;

/** Threads that are at work while another is measured. */
public interface Company extends AutoCloseable {
    /**
     * Starts it; returns when it is at work.
     *
     * @param work what a thread does that is stopped; by no other thread
     * @param agent whether it is to be stopped by Checkrein, or is to keep as busy without
     */
    static Company start(Phase.Company company, Callable<?> work, boolean agent) {
        return switch (company) {
            case NONE -> () -> {};
            case STOPPED -> new StoppedCompany(new Victim(work, agent ? ScopeChannel::new : FlagChannel::new));
            case PAUSED -> agent ? new PausingCompany() : () -> {};
            case SHIELDED -> UnstoppableCall.shielded(agent);
            case BLOCKED -> UnstoppableCall.blocked(agent);
        };
    }

    /** @throws IllegalStateException if it has not done what it was to do */
    @Override
    void close();
}
