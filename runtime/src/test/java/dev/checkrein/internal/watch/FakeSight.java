package dev.checkrein.internal.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Threads as a test wants them to look. Not thread-safe. */
final class FakeSight implements Sight {
    private final Map<Thread, View> views = new HashMap<>();

    /** How long threads were waited for, each time they were asked. */
    final List<Long> asked = new ArrayList<>();

    /** What happens while they are asked. */
    Runnable meanwhile = () -> {};

    /** Of one thread. */
    static final class View {
        Thread.State state = Thread.State.RUNNABLE;
        long cpu;
        long waits;
        boolean standsStill;
        Place place = Place.JAVA;
        Answer answer = Answer.POLLED;
    }

    View of(Thread thread) {
        return views.computeIfAbsent(thread, any -> new View());
    }

    @Override
    public Thread.State state(Thread thread) {
        return of(thread).state;
    }

    @Override
    public long cpuNanos(Thread thread) {
        return of(thread).cpu;
    }

    @Override
    public long waits(Thread thread) {
        return of(thread).waits;
    }

    @Override
    public boolean standsStill(Thread thread) {
        return of(thread).standsStill;
    }

    @Override
    public Place place(Thread thread) {
        return of(thread).place;
    }

    @Override
    public StackTraceElement[] stack(Thread thread) {
        return new StackTraceElement[] {new StackTraceElement("Some", "where", "Some.java", 1)};
    }

    @Override
    public Answer[] ask(List<Thread> threads, long nanos) {
        asked.add(nanos);
        meanwhile.run();
        return threads.stream().map(each -> of(each).answer).toArray(Answer[]::new);
    }
}
