package dev.checkrein.agent.start;

import dev.checkrein.agent.stub.PollCost;
import dev.checkrein.agent.stub.PollStub;
import dev.checkrein.internal.bridge.PollCode;
import java.time.Duration;
import java.util.Map;

/** What polls that count take of the processors' time: see {@code Checkrein.PollTime}. Thread-safe. */
final class PollTimes {
    private final PollStub stub;

    /** What is not the application's. Guarded by the monitor. */
    private long cpuBefore = cpuNanos();

    /** Measured when it is first asked for. Guarded by the monitor. */
    private PollCost cost;

    PollTimes(PollStub stub) {
        this.stub = stub;
    }

    /** Under the names of the components of {@code Checkrein.PollTime}; empty where nothing is known. */
    synchronized Map<String, Long> nanos() {
        // Before the cost is measured: the application's polls are asked for, and its time.
        long[] executed = stub.executed();
        long cpu = cpuNanos() - cpuBefore;
        try {
            if (cost == null) {
                long start = System.nanoTime();
                cost = new PollCost(stub);
                cpuBefore += System.nanoTime() - start;
                stub.forget(PollCost.pollsOfEachKind());
            }
        } catch (ReflectiveOperationException | LinkageError notThisJvm) {
            return Map.of();
        }
        double inPolls = 0;
        for (int code = 0; code < PollCode.COUNT; code++) {
            inPolls += executed[code] * cost.nanos(code);
        }
        return Map.of("inPolls", (long) inPolls, "cpu", cpu);
    }

    /** Zero if the system does not tell. */
    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
