package dev.checkrein.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Names and types are what users of recordings rely on. */
@Name("checkrein.Stall")
@Label("Stall")
@Category("Checkrein")
@Description("A watchdog has found a thread that gives no sign of life")
@StackTrace(false)
final class StallEvent extends Event {
    @Label("Watch")
    String watch;

    /** By its name, as with other events. */
    @Label("Thread That Is Watched")
    String thread;

    @Label("Java Thread Id")
    long javaThreadId;

    @Label("Level")
    @Description("WARN, CANCEL, INSIST or REPORT")
    String level;

    @Label("Verdict")
    @Description("SLOW, BLOCKED, STUCK or STARVED")
    String verdict;

    @Label("Time Without a Sign of Life")
    @Timespan(Timespan.NANOSECONDS)
    long silent;

    @Label("Stack")
    @Description("Of the thread, innermost frame first, one a line")
    String stack;
}
