package dev.checkrein.internal.jfr;

/** Hands over to the flight recorder. Links only where there is one. */
final class RecordedEvents implements FlightEvents {
    private static final int MOST_FRAMES = 64;

    /** To be asked whether they are enabled, which the recorder tells only instances. */
    private final EscalationEvent anyEscalation = new EscalationEvent();

    private final CallEndedEvent anyCallEnded = new CallEndedEvent();

    private final StallEvent anyStall = new StallEvent();

    @Override
    public boolean wantsEscalations() {
        return anyEscalation.isEnabled();
    }

    @Override
    public void escalation(
            String scope, Thread thread, String rung, long nanos, String why, StackTraceElement[] stack) {
        EscalationEvent event = new EscalationEvent();
        if (event.shouldCommit()) {
            event.scope = scope;
            event.thread = thread.getName();
            event.javaThreadId = idOf(thread);
            event.rung = rung;
            event.sinceRequest = nanos;
            event.why = why;
            event.stack = inWords(stack);
            event.commit();
        }
    }

    @Override
    public boolean wantsCallsEnded() {
        return anyCallEnded.isEnabled();
    }

    @Override
    public void callEnded(String scope, Thread thread, String kind, long nanos, String why) {
        CallEndedEvent event = new CallEndedEvent();
        if (event.shouldCommit()) {
            event.scope = scope;
            event.thread = thread.getName();
            event.javaThreadId = idOf(thread);
            event.kind = kind;
            event.sinceRequest = nanos;
            event.why = why;
            event.commit();
        }
    }

    @Override
    public boolean wantsStalls() {
        return anyStall.isEnabled();
    }

    @Override
    public void stall(
            String watch, Thread thread, String level, String verdict, long nanos, StackTraceElement[] stack) {
        StallEvent event = new StallEvent();
        if (event.shouldCommit()) {
            event.watch = watch;
            event.thread = thread.getName();
            event.javaThreadId = idOf(thread);
            event.level = level;
            event.verdict = verdict;
            event.silent = nanos;
            event.stack = inWords(stack);
            event.commit();
        }
    }

    @SuppressWarnings("deprecation") // threadId() is there from 19 on
    private static long idOf(Thread thread) {
        return thread.getId();
    }

    /** The innermost frames: a recorder's own stacks are of the thread that commits, never of another. */
    private static String inWords(StackTraceElement[] stack) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(stack.length, MOST_FRAMES); i++) {
            words.append(i == 0 ? "" : "\n").append(stack[i]);
        }
        if (stack.length > MOST_FRAMES) {
            words.append("\n... ").append(stack.length - MOST_FRAMES).append(" more");
        }
        return words.toString();
    }
}
