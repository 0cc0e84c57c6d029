package dev.checkrein.it.programs.soak;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Locks, each taken in the ways that there are and always given back by a {@code finally}. */
final class LockSteps implements Steps {
    private static final int PERMITS = 1;

    /** One in so many waits for another to fill; more, and nearly all cancels would find workers that wait. */
    private static final int FILLS_OF_WAITS = 6;

    private static final long LONGEST_WAIT_MILLIS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock inner = new ReentrantLock();
    private final Condition filled = inner.newCondition();
    private final ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
    private final Semaphore semaphore = new Semaphore(PERMITS);

    /** How many are inside, and what they wait for. Guarded by the locks. */
    private int inside;

    private int waiting;
    private boolean full;

    @Override
    public List<Step> all() {
        return List.of(
                this::locks,
                this::locksInterruptibly,
                this::locksTwice,
                this::triesUntilItCan,
                this::triesAndRemembers,
                this::triesForATime,
                this::locksByACall,
                this::reads,
                this::writes,
                this::acquires,
                this::awaits);
    }

    private void locks(Place place) {
        lock.lock();
        try {
            enter(place);
        } finally {
            leave(place);
            lock.unlock();
        }
    }

    private void locksInterruptibly(Place place) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            enter(place);
        } finally {
            leave(place);
            lock.unlock();
        }
    }

    private void locksTwice(Place place) {
        lock.lock();
        try {
            place.work();
            inner.lock();
            try {
                place.work();
            } finally {
                place.cleanup();
                place.work();
                inner.unlock();
            }
            enter(place);
        } finally {
            try {
                leave(place);
            } finally {
                place.work();
                lock.unlock();
            }
        }
    }

    private void triesUntilItCan(Place place) {
        do {
            Thread.onSpinWait();
        } while (!lock.tryLock());
        try {
            enter(place);
        } finally {
            leave(place);
            lock.unlock();
        }
    }

    private void triesAndRemembers(Place place) {
        boolean mine = false;
        while (!mine) {
            mine = lock.tryLock();
        }
        try {
            enter(place);
        } finally {
            leave(place);
            lock.unlock();
        }
    }

    private void triesForATime(Place place) throws InterruptedException {
        if (lock.tryLock(1, TimeUnit.MILLISECONDS)) {
            try {
                enter(place);
            } finally {
                leave(place);
                lock.unlock();
            }
        }
    }

    private void locksByACall(Place place) {
        take(lock);
        try {
            enter(place);
        } finally {
            leave(place);
            giveBack(lock);
        }
    }

    private static void take(Lock lock) {
        lock.lock();
    }

    private static void giveBack(Lock lock) {
        lock.unlock();
    }

    private void enter(Place place) {
        inside++;
        place.inside();
        place.work();
    }

    private void leave(Place place) {
        place.cleanup();
        place.work();
        inside = 0;
    }

    private void reads(Place place) {
        readWrite.readLock().lock();
        try {
            place.inside();
            place.work();
        } finally {
            place.cleanup();
            place.work();
            readWrite.readLock().unlock();
        }
    }

    private void writes(Place place) throws InterruptedException {
        readWrite.writeLock().lockInterruptibly();
        try {
            place.inside();
            place.work();
            readWrite.readLock().lock();
            try {
                place.work();
            } finally {
                readWrite.readLock().unlock();
            }
        } finally {
            place.cleanup();
            place.work();
            readWrite.writeLock().unlock();
        }
    }

    private void acquires(Place place) throws InterruptedException {
        semaphore.acquire();
        try {
            place.inside();
            place.work();
        } finally {
            place.cleanup();
            place.work();
            semaphore.release();
        }
    }

    /**
     * Fills, or waits until another has. Where nobody else comes, it is an interrupt that ends it; but not as long as a request that was
     * seen in cleanup is polite, since nobody can tell that the thread has left that.
     */
    private void awaits(Place place) throws InterruptedException {
        inner.lockInterruptibly();
        try {
            waiting++;
            place.inside();
            if (place.next(FILLS_OF_WAITS) > 0) {
                full = true;
                filled.signalAll();
            }
            while (!full) {
                filled.await(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            full = false;
        } finally {
            place.cleanup();
            place.work();
            waiting--;
            inner.unlock();
        }
    }

    @Override
    public void checkOwn(Damage damage) {
        damage.unless(!lock.isHeldByCurrentThread() && !inner.isHeldByCurrentThread(), "lock held");
        boolean held = readWrite.isWriteLockedByCurrentThread() || readWrite.getReadHoldCount() > 0;
        damage.unless(!held, "read or write lock held");
    }

    @Override
    public void check(Damage damage) {
        damage.unless(isFree(lock) && isFree(inner), "lock held when all is quiet");
        damage.unless(isFree(readWrite.writeLock()), "read or write lock held when all is quiet");
        damage.unless(semaphore.availablePermits() == PERMITS, "permits lost");
        damage.unless(inside == 0, "not cleaned up behind a lock");
        damage.unless(waiting == 0, "not cleaned up after waiting for a condition");
    }

    private static boolean isFree(Lock lock) {
        boolean free = lock.tryLock();
        if (free) {
            lock.unlock();
        }
        return free;
    }
}
