package dev.checkrein.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Names and types are what users of recordings rely on. */
@Name("checkrein.CallEnded")
@Label("Call Ended")
@Category("Checkrein")
@Description("A call of a scope has ended that had been asked to")
@StackTrace(false)
final class CallEndedEvent extends Event {
    @Label("Scope")
    String scope;

    /** By its name: it may have ended by then, and the recorder does not always know such threads. */
    @Label("Thread of the Call")
    String thread;

    @Label("Java Thread Id")
    long javaThreadId;

    @Label("Kind")
    @Description("DEADLINE, or CANCEL for all else")
    String kind;

    @Label("Time Since the Request")
    @Timespan(Timespan.NANOSECONDS)
    long sinceRequest;

    @Label("Why")
    String why;
}
