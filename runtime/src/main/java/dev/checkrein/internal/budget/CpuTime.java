package dev.checkrein.internal.budget;

import dev.checkrein.internal.jvm.ThreadManagement;
import dev.checkrein.internal.pause.VirtualThreads;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Nanoseconds on a processor. */
final class CpuTime implements Meter {
    private static final int DIGITS_OF_NANOS = 9;
    private static final int DIGITS_OF_MICROS = 6;

    private final ThreadManagement management = new ThreadManagement();

    @Override
    public long read(Thread thread) {
        return management.cpuNanos(thread);
    }

    /** A thread is on one processor at a time. */
    @Override
    public long most() {
        return 1;
    }

    @Override
    public long usual() {
        return 1;
    }

    @Override
    public String over(String scopeName, long used, long limit) {
        String seconds = BigDecimal.valueOf(used, DIGITS_OF_NANOS)
                .setScale(DIGITS_OF_MICROS, RoundingMode.UP)
                .toPlainString();
        return "scope \"" + scopeName + "\" has used " + seconds + " s of CPU time, more than its budget of "
                + seconds(limit) + " s";
    }

    @Override
    public String over(String scopeName, long limit) {
        return "scope \"" + scopeName + "\" has used more CPU time than its budget of " + seconds(limit)
                + " s; there was no memory left to say how much";
    }

    @Override
    public UnsupportedOperationException untold(String scopeName, Thread thread) {
        String budget =
                "the CPU budget of scope \"" + scopeName + "\" cannot be kept: the JVM does not tell the CPU time of ";
        return new UnsupportedOperationException(
                VirtualThreads.contain(thread)
                        ? budget + "virtual threads. Use a platform thread, or give the scope a deadline instead"
                        : budget
                                + "its threads, as the module java.management is missing (--add-modules java.management),"
                                + " or the JVM cannot measure it. Give the scope a deadline instead");
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, DIGITS_OF_NANOS).stripTrailingZeros().toPlainString();
    }
}
