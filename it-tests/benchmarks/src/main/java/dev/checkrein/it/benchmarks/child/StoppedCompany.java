package dev.checkrein.it.benchmarks.child;

import java.util.concurrent.TimeUnit;

/** A thread that works all the while, and is stopped ten times a second. */
final class StoppedCompany implements Company {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Victim victim;
    private final Thread stopper = new Thread(this::stopAgainAndAgain, "stopper");
    private volatile boolean closed;
    private volatile RuntimeException failure;

    StoppedCompany(Victim victim) {
        this.victim = victim;
        stopper.setDaemon(true);
        stopper.start();
    }

    private void stopAgainAndAgain() {
        try {
            while (!closed) {
                victim.stopAfter(PERIOD_NANOS);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            stopper.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        victim.close();
        if (failure != null) {
            throw failure;
        }
    }
}
