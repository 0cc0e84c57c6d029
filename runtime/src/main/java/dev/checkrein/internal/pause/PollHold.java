package dev.checkrein.internal.pause;

/** Makes polls ask the coordinator. */
public interface PollHold {
    /** For coordinators that are asked all the time, and cheaply. */
    PollHold NONE = new PollHold() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    /** From now on polls ask. What was written before is seen by a thread that asks. */
    void begin();

    /** Ends one {@link #begin}. */
    void end();
}
