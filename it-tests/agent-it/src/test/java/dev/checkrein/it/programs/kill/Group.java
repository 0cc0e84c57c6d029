package dev.checkrein.it.programs.kill;

/** Rows that run in one child JVM. */
public enum Group {
    DEFAULT,
    /** What is in the JDK's own code, which must be included. */
    JDK,
    /** What loops, once more, where the JIT drops its own polls from counted loops by itself. */
    SERIAL
}
