package dev.checkrein.internal.pause;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Threads that have registered, each by itself, and promise to poll: the workers of a guest VM. They say themselves when they are
 * outside. Thread-safe.
 */
public final class Registered implements Population {
    private final Set<Member> members = ConcurrentHashMap.newKeySet();

    /**
     * Whether the caller is one, so that one that polls need not look through all of them. Not the registration itself, which would keep
     * this alive.
     */
    private final ThreadLocal<Boolean> own = new ThreadLocal<>();

    /** Threads that wait for their turn. */
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /** A registration. */
    public final class Member {
        private final Thread thread;
        private volatile boolean outside;

        private Member(Thread thread) {
            this.thread = thread;
        }

        /** Whether the calling thread is the one that registered. */
        public boolean isOwn() {
            return thread == Thread.currentThread();
        }

        /** Whether it need not be waited for. */
        public boolean isOutside() {
            return outside;
        }

        /** While true it need not be waited for. Whoever sets it to false must poll then. */
        public void outside(boolean value) {
            outside = value;
        }

        /** It is none any more. By its own thread. */
        public void remove() {
            members.remove(this);
            own.remove();
        }
    }

    /**
     * The calling thread is one from now on. It must poll then.
     *
     * @throws IllegalStateException if it is one
     */
    public Member add() {
        if (containsCaller()) {
            throw new IllegalStateException(
                    "this thread is a worker of this coordinator already. Close that one first");
        }
        Member member = new Member(Thread.currentThread());
        own.set(true);
        members.add(member);
        return member;
    }

    /** How many there are. */
    public int size() {
        members.removeIf(member -> member.thread.getState() == Thread.State.TERMINATED);
        return members.size();
    }

    @Override
    public void prepare() {}

    @Override
    public List<Thread> running(Round round, int turn) {
        Set<Thread> arrived = round.arrivedThreads();
        List<Thread> running = new ArrayList<>();
        for (Member member : members) {
            Thread thread = member.thread;
            if (!member.outside && !waiting.contains(thread) && !arrived.contains(thread) && round.wants(thread)) {
                if (thread.getState() == Thread.State.TERMINATED) {
                    members.remove(member); // died without a word
                } else {
                    running.add(thread);
                }
            }
        }
        return running;
    }

    @Override
    public List<Thread> all() {
        List<Thread> all = new ArrayList<>();
        for (Member member : members) {
            if (member.thread.getState() != Thread.State.TERMINATED) {
                all.add(member.thread);
            }
        }
        return all;
    }

    @Override
    public void hurry(Round round, List<Thread> running, int turn) {}

    @Override
    public boolean containsCaller() {
        try {
            return own.get() != null;
        } catch (OutOfMemoryError full) {
            return false; // it makes room for one that is not there, the first time
        }
    }

    @Override
    public void callerWaits(boolean value) {
        if (value) {
            waiting.add(Thread.currentThread());
        } else {
            waiting.remove(Thread.currentThread());
        }
    }

    @Override
    public void over() {}
}
