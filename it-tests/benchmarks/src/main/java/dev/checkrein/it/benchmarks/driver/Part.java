package dev.checkrein.it.benchmarks.driver;

import java.util.Locale;

/** A kind of measurement. */
enum Part {
    KERNELS("Kernels rewritten, against the same unrewritten, in each phase", new KernelTables()),
    POLLS("One poll of each kind, in nanoseconds", new PollTables()),
    COMPILATION("What stops do to the JIT and to the metaspace", new CompilationTables()),
    MACRO("Third-party programs: cold start, and steady state in each phase", new MacroTables()),
    LATENCY("From a request to the end of what it stops", new LatencyTables()),
    PAUSES("Many threads stopped, beside the JVM's own safepoints", new PauseTables()),
    COMPARISON("Beside checks written by hand, and JShell", new ComparisonTables()),
    KILLS("Work that spins ended, beside JShell, Groovy and GraalJS", new KillTables()),
    UNDELIVERABLE("A cancel that cannot be delivered, beside another thread", new UndeliverableTables());

    /** Measures under one of the conditions, and adds tables to the report. */
    interface Measurement {
        void run(Condition condition, Settings settings, Report report);
    }

    private final String about;
    private final Measurement measurement;

    Part(String about, Measurement measurement) {
        this.about = about;
        this.measurement = measurement;
    }

    String about() {
        return about;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Measures under each of the conditions. One failure does not keep the rest from being measured. */
    boolean run(Settings settings, Report report) {
        boolean complete = true;
        for (Condition condition : settings.conditions()) {
            report.progress("== " + label() + ", " + condition);
            try {
                measurement.run(condition, settings, report);
            } catch (RuntimeException | AssertionError e) {
                complete = false;
                report.failed(label() + ", " + condition, e);
            }
        }
        return complete;
    }
}
