package dev.checkrein.agent.start;

import java.util.concurrent.atomic.AtomicLong;

/** What the self-test rewrites and runs: whichever kinds of poll the user chose, one of them is here. */
public final class SelfTestSubject implements Runnable {
    private static final int TURNS = 3;

    @Override
    public void run() {
        AtomicLong sum = new AtomicLong();
        while (sum.get() < TURNS) {
            sum.incrementAndGet();
        }
    }
}
