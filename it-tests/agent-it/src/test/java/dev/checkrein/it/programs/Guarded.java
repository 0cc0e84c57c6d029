package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.Escalation;
import dev.checkrein.EscalationPolicy;
import dev.checkrein.Shield;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** Two counters that are the same but in the middle of a step, and most of the time it is the middle of a step. */
public final class Guarded {
    private static final EscalationPolicy POLITE =
            EscalationPolicy.defaults().withPolite(Duration.ofMinutes(1)).withReport(Duration.ofMinutes(1));
    private static final EscalationPolicy RUDE = EscalationPolicy.defaults().withPolite(Duration.ZERO);
    private static final int CANCELS = 20;
    private static final int LONG = 5_000;

    private long left;
    private long right;
    private volatile long sink;

    private Guarded() {}

    public static void main(String[] args) throws Exception {
        System.out.println("synchronized block: " + torn(POLITE, Guarded::block));
        System.out.println("synchronized method: " + torn(POLITE, Guarded::method));
        System.out.println("synchronized in the JDK: " + torn(POLITE, Guarded::inTheJdk));
        System.out.println("shield: " + torn(POLITE, Guarded::shield));
        System.out.println("shield, soon firm: " + torn(EscalationPolicy.defaults(), Guarded::shield));
        System.out.println("impolite: " + (torn(RUDE, Guarded::block) > 0));
        System.out.println("impolite in the JDK: " + (torn(RUDE, Guarded::inTheJdk) > 0));
        System.out.println("forced initialiser: " + forcedInitialiser());
    }

    private interface Step {
        void take(Guarded guarded);
    }

    /** In how many of the cancels, at any moment, a step was left in its middle. */
    private static int torn(EscalationPolicy policy, Step step) throws InterruptedException {
        int torn = 0;
        for (int i = 0; i < CANCELS; i++) {
            Guarded guarded = new Guarded();
            CancellationScope scope = CancellationScope.named("guarded").withPolicy(policy);
            CountDownLatch begun = new CountDownLatch(1);
            Thread thread = new Thread(() -> guarded.stepForEver(scope, step, begun));
            thread.start();
            begun.await();
            spin(guarded, i * LONG);
            scope.cancel("enough");
            thread.join();
            torn += guarded.left == guarded.right ? 0 : 1;
        }
        return torn;
    }

    private void stepForEver(CancellationScope scope, Step step, CountDownLatch begun) {
        try {
            scope.run(() -> {
                begun.countDown();
                while (true) {
                    step.take(this);
                }
            });
        } catch (CancellationException asItShouldBe) {
            sink++;
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private void block() {
        synchronized (this) {
            change();
        }
    }

    private synchronized void method() {
        left++;
        spin(this, LONG);
        right++;
    }

    private void inTheJdk() {
        new Vector<>(List.of(1)).forEach(one -> change());
    }

    private void shield() {
        try (Shield shield = Shield.enter()) {
            change();
            sink += shield.hashCode();
        }
    }

    private void change() {
        left++;
        spin(this, LONG);
        right++;
    }

    private static void spin(Guarded on, int turns) {
        for (int i = 0; i < turns; i++) {
            on.sink += i;
        }
    }

    private static final class Endless {
        static final long VALUE;

        static {
            long turns = 0;
            while (turns >= 0) {
                turns++;
            }
            VALUE = turns;
        }
    }

    private static String forcedInitialiser() throws Exception {
        Queue<Escalation> told = new ConcurrentLinkedQueue<>();
        CountDownLatch seen = new CountDownLatch(1);
        CancellationScope scope = CancellationScope.named("initialiser")
                .withDeadline(Duration.ofMillis(50))
                .withPolicy(EscalationPolicy.defaults().forced().withListener(step -> {
                    told.add(step);
                    if (step.rung() == Escalation.Rung.POLITE) {
                        seen.countDown();
                    }
                }));
        try {
            scope.call(() -> Endless.VALUE);
            return "returned";
        } catch (TimeoutException e) {
            seen.await();
            Escalation first = told.element();
            return first.rung() + " told of " + first.scope() + ", ended by "
                    + e.getCause().getClass().getSimpleName();
        }
    }
}
