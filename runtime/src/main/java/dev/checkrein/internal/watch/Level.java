package dev.checkrein.internal.watch;

/** What a stall has led to, from the first to the last. Those without a time are left out. */
public enum Level {
    WARN,
    CANCEL,
    INSIST,
    REPORT
}
