package dev.checkrein.internal.pause;

import dev.checkrein.internal.statistics.ReasonStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * One pause. Each has an identity of its own, which those that stand still for it compare: with a mere flag, a thread that is
 * slow to wake would find it set again by the next pause, and go on sleeping without having been counted.
 *
 * <p>Threads arrive on a stack that anybody may push to until it is closed by the release. What they wrote before they arrived
 * the requester sees, by the stack's head; what the requester wrote while they stood still they see, by {@code released}.
 */
final class Round {
    private static final Arrival CLOSED = new Arrival(null, 0, null);
    private static final Arrival[] NOBODY = {};
    private static final Predicate<Thread> NOBODY_WANTED = thread -> false;
    /** Of a pause that took longer it is worth the time to see where the last thread was. */
    private static final long LATE_NANOS = 1_000_000;

    /**
     * By the thread that releases, and by each that has been let go. One that wakes many is put behind them all by the scheduler: a
     * hundred on two processors have all run again after 215 ms, which is one turn of each, and after 350 with ten or all here.
     */
    static final int WOKEN_BY_EACH = 2;

    private static final int NEVER = Integer.MAX_VALUE;

    private final String reason;
    private final String requesterName;

    /** These two not after the release: they would keep a plugin's classes from being unloaded. */
    private volatile Thread requester;

    private volatile Predicate<Thread> selected;

    /** What the predicate threw, or null. */
    private volatile Throwable failure;

    private final AtomicReference<Arrival> latest = new AtomicReference<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int wakeAt = NEVER;

    /** Those it lets go, until the last of them has left. Written before {@code released}. */
    private volatile Arrival[] order = NOBODY;

    /** How many of those have been woken, or are about to be. */
    private final AtomicInteger woken = new AtomicInteger();

    private final AtomicInteger left = new AtomicInteger();
    private volatile boolean released;

    private final Initialisers initialisers = new Initialisers();

    private final ReasonStatistics record;

    /** Null if threads are to stand still; and not after the release. */
    private volatile Handshake handshake;

    /** The last of those that were taken over from the round before: nobody waited for them. */
    private Arrival kept;

    private boolean polled;

    /** It holds, or it will not: whichever is first, the requester or the thread that keeps its time. Guarded by the monitor. */
    private boolean givenUp;

    private final long start = System.nanoTime();
    private volatile long held;
    private long let;

    /** One that is over, of nobody. */
    static Round none() {
        Round none = new Round("none", Thread.currentThread(), NOBODY_WANTED, null, null);
        none.release();
        return none;
    }

    /**
     * @param selected tells which threads are to stand still; asked by any thread, of itself too
     * @param record is told what it took; null if there was no memory for that
     * @param handshake what each is to do instead; or null
     */
    Round(String reason, Thread requester, Predicate<Thread> selected, ReasonStatistics record, Handshake handshake) {
        this.reason = reason;
        this.requester = requester;
        this.requesterName = requester.getName();
        this.selected = selected;
        this.record = record;
        this.handshake = handshake;
    }

    /** A predicate that fails wants everybody: the requester will tell, and whoever polls must not be the one who throws. */
    boolean wants(Thread thread) {
        try {
            Handshake each = handshake;
            return thread != requester && selected.test(thread) && !(each != null && each.isDone(thread));
        } catch (Throwable e) {
            failure = e;
            return true;
        }
    }

    /** What the user's predicate threw, or null. */
    Throwable failure() {
        return failure;
    }

    /** That, for the last time. */
    Throwable takeFailure() {
        Throwable taken = failure;
        failure = null; // may be of a plugin's class
        return taken;
    }

    /** Whether the calling thread is to stand still at the poll that it has come to. */
    boolean wantsCaller() {
        Thread self = Thread.currentThread();
        return wants(self) && !initialisers.containCaller() && !isCallerAtWork();
    }

    /**
     * Has threads that have stopped in the middle of initialising a class run on to the end of that, because others may wait for
     * the class. By the requester.
     */
    void letInitialisersRun() {
        initialisers.letRun();
        Arrival last = latest.get();
        for (Arrival each = last; each != null; each = each.next) {
            if (each.isIn(this) && Initialisers.isOne(each.thread)) {
                initialisers.add(each.thread);
                arrived.decrementAndGet();
                each.sendOn(this);
            }
        }
    }

    /** From now on they stop like all others. Returns whether they were running on until now. */
    boolean stopInitialisers() {
        return initialisers.stop();
    }

    /** Whether the calling thread, which the round wants, has done what it was to do, and may go on. */
    boolean isDoneByCaller() {
        Handshake mine = handshake;
        if (mine == null || failure != null || !mine.doFor(Thread.currentThread())) {
            return false;
        }
        countOne();
        return true;
    }

    /** Whether the calling thread is in the middle of what it was to do: it must not be stopped there by the same round. */
    boolean isCallerAtWork() {
        Handshake mine = handshake;
        return mine != null && mine.isAtWork();
    }

    /** Whether it counts as arrived; if not, the round is over. */
    boolean arrive(Arrival arrival) {
        Arrival before;
        do {
            before = latest.get();
            if (before == CLOSED) {
                return false;
            }
            arrival.next = before;
        } while (!latest.compareAndSet(before, arrival));
        countOne();
        return true;
    }

    private void countOne() {
        if (arrived.incrementAndGet() >= wakeAt) {
            wakeRequester();
        }
    }

    int arrivedCount() {
        return arrived.get();
    }

    /** How many stand still: it may be one more than have been counted, which is on its way to be. */
    int standing() {
        Arrival last = latest.get();
        if (last == CLOSED) {
            return arrived.get();
        }
        int standing = 0;
        for (Arrival each = last; each != null; each = each.next) {
            standing += each.isIn(this) ? 1 : 0;
        }
        return standing;
    }

    /** By identity. Empty when released. */
    Set<Thread> arrivedThreads() {
        Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
        Arrival last = latest.get();
        for (Arrival each = last == CLOSED ? null : last; each != null; each = each.next) {
            if (each.isIn(this)) {
                threads.add(each.thread);
            }
        }
        return threads;
    }

    /** Has the requester woken when this many have arrived. It must look once more before it sleeps. */
    void wakeRequesterAt(int count) {
        wakeAt = count;
    }

    /** Somebody who was waited for need not be any more. */
    void wakeRequester() {
        LockSupport.unpark(requester);
    }

    /** Polls ask for it from now on. By the requester, before anybody else can end it. */
    void polled() {
        polled = true;
    }

    boolean isPolled() {
        return polled;
    }

    /** All have stopped. By the requester. False if it has been given up: then nobody stands still any more. */
    synchronized boolean holds() {
        if (!givenUp) {
            held = System.nanoTime();
        }
        return !givenUp;
    }

    /** Whether all have stopped, and it is not over. */
    boolean isHolding() {
        return held != 0 && !released;
    }

    /** As if it had not come to hold: something that it needs has failed. By the requester. */
    synchronized void holdsNoMore() {
        held = 0;
    }

    /** It will not hold. False if it does, or had been given up before. */
    synchronized boolean giveUp() {
        boolean first = !givenUp && held == 0;
        givenUp |= first;
        return first;
    }

    /** Records what it took until now. By the requester, which goes on if there is no memory left to tell. */
    void recordStop() {
        try {
            Arrival last = latest.get();
            if (record == null) {
                return;
            }
            if (last == null || last == CLOSED || last == kept || handshake != null) {
                record.stopped(held - start);
            } else {
                StackTraceElement[] site = held - start < LATE_NANOS ? Arrival.NOWHERE : last.site();
                int sharers = isNameShared(last) ? 1 : arrived.get();
                record.stopped(held - start, sharers, last.thread, last.poll, site);
            }
        } catch (OutOfMemoryError full) {
            // One pause less in the statistics.
        }
    }

    /** Whether nothing can be said of the thread by its name. */
    private boolean isNameShared(Arrival last) {
        String name = last.thread.getName();
        if (name.isEmpty()) {
            return true;
        }
        for (Arrival each = last.next; each != null; each = each.next) {
            if (name.equals(each.thread.getName())) {
                return true;
            }
        }
        return false;
    }

    /** It is over. To be called once, by whichever thread has ended it. */
    void recordEnd() {
        if (record != null) {
            record.held(let - held);
        }
    }

    boolean isReleased() {
        return released;
    }

    /**
     * Lets everybody go. This thread wakes a few, and each that has woken wakes a few more: any of them might take its processor.
     * Who wakes whom is decided as they come, so that none waits for a certain other one, which may have to wait itself until it
     * runs. Virtual ones do not take part, as they may not run before others do. No thread must find this
     * round any more when it looks for one to arrive in. If there is no memory for the list of them, this thread wakes them all.
     */
    void release() {
        Arrival last = latest.getAndSet(CLOSED);
        try {
            order = ordered(last);
        } catch (OutOfMemoryError full) {
            order = NOBODY;
        }
        boolean shared = order.length > 0;
        let = System.nanoTime();
        released = true;
        wakeSome();
        for (Arrival each = last; each != null; each = each.next) {
            if (!shared || !each.wakesOthers) {
                unpark(each.thread);
            }
        }
        requester = null;
        selected = NOBODY_WANTED;
        handshake = null;
        kept = null;
        initialisers.forget();
    }

    /** Whether they have to wake one another. */
    boolean isPassedOn() {
        return order.length > WOKEN_BY_EACH;
    }

    /** Some time after the release: nobody is to wait for one that does not run, such as one that a debugger has suspended. */
    void wakeLeftBehind() {
        for (Arrival each : order) {
            if (each.isIn(this)) {
                unpark(each.thread);
            }
        }
    }

    /** To unpark a virtual one may fail, for want of memory for one; the others are to go on nevertheless. */
    private static void unpark(Thread thread) {
        try {
            LockSupport.unpark(thread);
        } catch (OutOfMemoryError | RuntimeException notThisOne) {
            // It goes on when somebody else wakes it.
        }
    }

    private Arrival[] ordered(Arrival last) {
        List<Arrival> all = new ArrayList<>(Math.max(0, arrived.get())); // one may be on its way to be counted
        for (Arrival each = last; each != null; each = each.next) {
            each.wakesOthers = each.isIn(this) && !each.isVirtual();
            if (each.wakesOthers) {
                all.add(each);
            }
        }
        return all.toArray(NOBODY);
    }

    /** To be called by each that leaves. */
    void passOn(Arrival arrival) {
        if (!arrival.wakesOthers) {
            return;
        }
        wakeSome();
        if (left.incrementAndGet() == order.length) {
            order = NOBODY; // keeps no thread from being collected
            if (record != null && held != 0) {
                record.resumed(System.nanoTime() - let);
            }
        }
    }

    private void wakeSome() {
        Arrival[] all = order;
        for (int i = 0; i < WOKEN_BY_EACH; i++) {
            int next = woken.getAndIncrement();
            if (next >= all.length) {
                return;
            }
            LockSupport.unpark(all[next].thread);
        }
    }

    /**
     * Takes over those of the round before that have not left it yet: they need not wake up just to arrive here. This round must
     * be the one that is found already.
     */
    void keep(Round before) {
        for (Arrival each : before.order) {
            if (wants(each.thread) && each.stayFor(this, before)) {
                if (!arrive(each)) {
                    each.sendOn(this); // it was given up meanwhile, and the release has not seen this one
                }
            } else if (each.isIn(before)) {
                LockSupport.unpark(each.thread); // whoever was to wake it may have been kept
            }
        }
        before.order = NOBODY;
        kept = latest.get();
    }

    @Override
    public String toString() {
        return "pause (" + reason + ") by thread \"" + requesterName + "\"";
    }
}
