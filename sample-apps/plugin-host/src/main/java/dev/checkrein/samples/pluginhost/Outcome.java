package dev.checkrein.samples.pluginhost;

import java.time.Duration;

/** What came of a request. */
sealed interface Outcome {
    /** The plugin answered in time. */
    record Answered(String answer) implements Outcome {
        @Override
        public String toString() {
            return "answered \"" + answer + "\"";
        }
    }

    /**
     * The plugin did not answer in time, and was stopped.
     *
     * @param afterDeadline from the deadline to the end of the call
     * @param where the method it was found in
     */
    record Stopped(Duration afterDeadline, String where) implements Outcome {
        @Override
        public String toString() {
            return "stopped in " + where;
        }
    }

    /** The plugin threw something of its own, or could not be loaded. */
    record Failed(Throwable cause) implements Outcome {
        @Override
        public String toString() {
            return "failed with " + cause;
        }
    }

    /** The plugin could not be stopped: the thread is lost. */
    record StillRunning() implements Outcome {
        @Override
        public String toString() {
            return "still running";
        }
    }
}
