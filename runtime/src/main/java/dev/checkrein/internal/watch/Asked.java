package dev.checkrein.internal.watch;

import dev.checkrein.internal.watch.Sight.Answer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/** Threads that are asked to poll, and what they have answered. They may be anywhere: allocates nothing when they do. Thread-safe. */
final class Asked implements Predicate<Thread>, ObjLongConsumer<Thread> {
    private final Thread[] threads;
    private final AtomicReferenceArray<Answer> answers;

    Asked(Thread[] threads) {
        this.threads = threads;
        this.answers = new AtomicReferenceArray<>(threads.length);
    }

    @Override
    public boolean test(Thread thread) {
        for (Thread each : threads) {
            if (each == thread) {
                return true;
            }
        }
        return false;
    }

    /** By the thread itself at a poll; or by the one that asks, for one that is outside. */
    @Override
    public void accept(Thread thread, long sinceAsked) {
        Answer answer = Thread.currentThread() == thread ? Answer.POLLED : Answer.OUTSIDE;
        for (int i = 0; i < threads.length; i++) {
            if (threads[i] == thread) {
                answers.set(i, answer);
            }
        }
    }

    /** Null if there was none. */
    Answer answer(int index) {
        return answers.get(index);
    }
}
