package dev.checkrein.it.programs.soak;

import java.util.List;

/** Two counters that are the same but while a monitor is held. */
final class MonitorSteps implements Steps {
    /** Waiting takes much longer than all else. */
    private static final int ONE_WAITS_OF = 8;

    private final Object outer = new Object();
    private final Object inner = new Object();
    private long left;
    private long right;
    private long leftOfMethod;
    private long rightOfMethod;
    private int waiting;

    @Override
    public List<Step> all() {
        return List.of(this::block, this::method, this::nested, this::waits);
    }

    private void block(Place place) {
        synchronized (outer) {
            change(place);
        }
    }

    private void nested(Place place) {
        synchronized (inner) {
            place.inside();
            synchronized (outer) {
                change(place);
            }
            place.work();
        }
    }

    private void change(Place place) {
        place.inside();
        left++;
        place.work();
        right++;
    }

    private synchronized void method(Place place) {
        place.inside();
        leftOfMethod++;
        place.work();
        rightOfMethod++;
    }

    private void waits(Place place) throws InterruptedException {
        synchronized (outer) {
            waiting++;
            try {
                place.inside();
                if (place.next(ONE_WAITS_OF) == 0) {
                    outer.wait(1);
                }
                change(place);
            } finally {
                place.cleanup();
                place.work();
                waiting--;
                outer.notifyAll();
            }
        }
    }

    @Override
    public void checkOwn(Damage damage) {
        boolean held = Thread.holdsLock(outer) || Thread.holdsLock(inner) || Thread.holdsLock(this);
        damage.unless(!held, "monitor held");
    }

    @Override
    public synchronized void check(Damage damage) {
        synchronized (outer) {
            damage.unless(left == right, "torn in a synchronized block");
            damage.unless(leftOfMethod == rightOfMethod, "torn in a synchronized method");
            damage.unless(waiting == 0, "not cleaned up after waiting for a monitor");
        }
    }
}
