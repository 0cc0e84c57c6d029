package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.internal.cancel.FakePolls;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends a call that uses too much, on one thread. Code polls by hand. */
class BudgetTest {
    private static final Duration LITTLE = Duration.ofMillis(30);
    private static final Duration MUCH = Duration.ofHours(1);
    private static final long LITTLE_MEMORY = 8 << 20;
    private static final long MUCH_MEMORY = 1L << 50;

    private final FakePolls polls = new FakePolls();
    private final CancellationScope scope = CancellationScope.named("work");

    @AfterEach
    void noFlagStaysUp() {
        polls.close();
        assertThat(polls.pending()).as("flag after everything has ended").isFalse();
    }

    @Test
    void endsWhatBurnsTooMuch() {
        Throwable thrown = Ending.of(() -> scope.withCpuBudget(LITTLE).call(this::burn));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseExactlyInstanceOf(CancellationError.class)
                .hasRootCauseMessage(thrown.getMessage());
        assertThat(thrown.getMessage())
                .matches("scope \"work\" has used 0\\.\\d{6} s of CPU time, more than its budget of 0\\.03 s");
        assertThat(thrown.getCause().getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("burn");
    }

    @Test
    void endsWhatAllocatesTooMuch() {
        Throwable thrown =
                Ending.of(() -> scope.withAllocationBudget(LITTLE_MEMORY).call(this::allocate));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasCauseExactlyInstanceOf(CancellationError.class)
                .hasRootCauseMessage(thrown.getMessage());
        assertThat(thrown.getMessage())
                .matches("scope \"work\" has allocated \\d+ bytes, more than its budget of 8388608 bytes");
    }

    /** The wait is what must not be ended; nothing waits for its end. */
    @Test
    void toWaitUsesNothing() throws Exception {
        CancellationScope limited = scope.withCpuBudget(LITTLE).withAllocationBudget(LITTLE_MEMORY);
        String value = limited.call(() -> {
            long end = System.nanoTime() + 5 * LITTLE.toNanos();
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            polls.pollSlowly();
            return "awake";
        });
        assertThat(value).isEqualTo("awake");
    }

    @Test
    void eachCallStartsWithAllOfIt() throws Exception {
        CancellationScope limited = scope.withCpuBudget(Duration.ofMillis(200)).withAllocationBudget(8 << 20);
        for (int i = 0; i < 3; i++) {
            String value = limited.call(() -> {
                Burning.cpu(100);
                Burning.bytes(4 << 10);
                polls.pollSlowly();
                return "done";
            });
            assertThat(value).isEqualTo("done");
        }
    }

    @Test
    void whatIsUsedUpFirstEnds() {
        assertThat(Ending.of(() -> scope.withCpuBudget(MUCH)
                        .withAllocationBudget(LITTLE_MEMORY)
                        .call(this::allocate)))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageContaining("has allocated");
        assertThat(Ending.of(() -> scope.withAllocationBudget(MUCH_MEMORY)
                        .withCpuBudget(LITTLE)
                        .withDeadline(MUCH)
                        .call(this::burn)))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageContaining("of CPU time");
        assertThat(Ending.of(() -> scope.withCpuBudget(MUCH)
                        .withAllocationBudget(MUCH_MEMORY)
                        .withDeadline(LITTLE)
                        .call(this::burn)))
                .isExactlyInstanceOf(TimeoutException.class);
    }

    @Test
    void whatIsUsedInsideCountsForTheOuter() {
        CancellationScope inner = CancellationScope.named("inner").withCpuBudget(Duration.ofMillis(500));
        CancellationScope plain = CancellationScope.named("plain");
        assertThat(Ending.of(() -> scope.withCpuBudget(LITTLE)
                        .call(() -> Burning.forGood(() -> inner(inner, () -> inner(plain, polls::poll))))))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageStartingWith("scope \"work\" has used");
    }

    @Test
    void theInnerBudgetEndsTheInnerCallOnly() throws Exception {
        String value = scope.withCpuBudget(MUCH).call(() -> {
            assertThat(Ending.of(() -> CancellationScope.named("inner")
                            .withCpuBudget(LITTLE)
                            .call(this::burn)))
                    .isExactlyInstanceOf(CancellationException.class)
                    .hasMessageStartingWith("scope \"inner\" has used");
            polls.pollSlowly();
            return "outer goes on";
        });
        assertThat(value).isEqualTo("outer goes on");
    }

    @Test
    void beyondAllNumbersIsNone() throws Exception {
        CancellationScope limited =
                scope.withCpuBudget(Duration.ofSeconds(Long.MAX_VALUE)).withAllocationBudget(Long.MAX_VALUE);
        assertThat(limited.call(() -> "value")).isEqualTo("value");
    }

    @Test
    void failsWhereTheJvmDoesNotTellWhatIsAllocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.setThreadAllocatedMemoryEnabled(false);
        try {
            assertThatThrownBy(() -> scope.withDeadline(LITTLE)
                            .withCpuBudget(MUCH)
                            .withAllocationBudget(MUCH_MEMORY)
                            .call(() -> {
                                throw new AssertionError("the body must not run");
                            }))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("the allocation budget of scope \"work\" cannot be kept: the JVM does not tell what is"
                            + " allocated by its threads, as the module jdk.management is missing (--add-modules"
                            + " jdk.management), or measuring it is switched off. Give the scope a deadline instead");
        } finally {
            threads.setThreadAllocatedMemoryEnabled(true);
        }
    }

    @Test
    void failsWhereTheJvmDoesNotTellCpuTime() {
        java.lang.management.ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.setThreadCpuTimeEnabled(false);
        try {
            assertThatThrownBy(() -> scope.withCpuBudget(MUCH).call(() -> "value"))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(
                            "the CPU budget of scope \"work\" cannot be kept: the JVM does not tell the CPU time of its"
                                    + " threads, as the module java.management is missing (--add-modules java.management), or"
                                    + " the JVM cannot measure it. Give the scope a deadline instead");
        } finally {
            threads.setThreadCpuTimeEnabled(true);
        }
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThatThrownBy(() -> scope.withCpuBudget(null)).isInstanceOf(NullPointerException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.withCpuBudget(Duration.ZERO))
                .withMessage("a CPU budget must be longer than zero, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.withCpuBudget(Duration.ofSeconds(-1)))
                .withMessage("a CPU budget must be longer than zero, was PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.withAllocationBudget(0))
                .withMessage("an allocation budget must be more than zero bytes, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.withAllocationBudget(-1))
                .withMessage("an allocation budget must be more than zero bytes, was -1");
    }

    @Test
    void saysWhatItIs() {
        assertThat(scope.withAllocationBudget(1000)
                        .withCpuBudget(Duration.ofSeconds(2))
                        .withDeadline(Duration.ofSeconds(3)))
                .hasToString("CancellationScope[work, deadline PT3S, CPU budget PT2S, allocation budget 1000 bytes]");
    }

    private Object burn() {
        return Burning.forGood(polls::poll);
    }

    private Object allocate() {
        while (true) {
            Burning.bytes(1);
            polls.poll();
        }
    }

    private static void inner(CancellationScope inner, Runnable body) {
        try {
            inner.run(body);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
