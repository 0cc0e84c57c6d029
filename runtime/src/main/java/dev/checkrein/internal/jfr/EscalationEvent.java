package dev.checkrein.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Names and types are what users of recordings rely on. */
@Name("checkrein.Escalation")
@Label("Escalation")
@Category("Checkrein")
@Description("A request to end a call has reached a rung of its ladder")
@StackTrace(false)
final class EscalationEvent extends Event {
    @Label("Scope")
    String scope;

    /** By its name: it may have ended by then, and the recorder does not always know such threads. */
    @Label("Thread of the Call")
    String thread;

    @Label("Java Thread Id")
    long javaThreadId;

    @Label("Rung")
    @Description("WAKE, POLITE, FIRM, INSIST or REPORT")
    String rung;

    @Label("Time Since the Request")
    @Timespan(Timespan.NANOSECONDS)
    long sinceRequest;

    @Label("Why")
    String why;

    @Label("Stack")
    @Description("Of the call's thread when it was last looked at, innermost frame first, one a line")
    String stack;
}
