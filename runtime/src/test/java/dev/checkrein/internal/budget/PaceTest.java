package dev.checkrein.internal.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long until the next look. */
class PaceTest {
    private static final long MILLI = 1_000_000;
    private static final long MEGABYTE = 1 << 20;

    private final Meter cpu = new CpuTime();
    private final Meter bytes = new AllocatedBytes();

    @Test
    void aProcessorCannotBeUsedFasterThanTimePasses() {
        Pace pace = new Pace(cpu, 1_000 * MILLI, 0);
        assertThat(pace.first()).isEqualTo(1_000 * MILLI);
        assertThat(pace.next(800 * MILLI, 4, 1_000 * MILLI)).isEqualTo(200 * MILLI);
    }

    @Test
    void littleTimeIsLookedAtAfterThatTime() {
        assertThat(new Pace(cpu, 3 * MILLI, 0).first()).isEqualTo(3 * MILLI);
        assertThat(new Pace(cpu, 1, 0).first()).isEqualTo(Pace.SHORTEST_NANOS);
    }

    @Test
    void memoryIsLookedAtTenMillisecondsFromTheStart() {
        assertThat(new Pace(bytes, 100 * MEGABYTE, 0).first()).isEqualTo(10 * MILLI);
    }

    @Test
    void muchMemoryTakesLongerToAllocate() {
        assertThat(new Pace(bytes, 64_000 * MILLI, 0).first()).isEqualTo(1_000 * MILLI);
    }

    @Test
    void theFasterItIsUsedTheSoonerIsTheNext() {
        Pace pace = new Pace(bytes, 100 * MEGABYTE, 0);
        assertThat(pace.next(50 * MEGABYTE, 1, 10 * MILLI))
                .as("half of what is left")
                .isEqualTo(5 * MILLI);
        assertThat(pace.next(MEGABYTE, 1, 15 * MILLI)).isEqualTo(Pace.SHORTEST_NANOS);
        assertThat(pace.next(MEGABYTE - 1, 1, 16 * MILLI)).isEqualTo(Pace.LONGEST_NANOS);
    }

    @Test
    void whileNothingIsUsedLooksGetSeldom() {
        Pace pace = new Pace(bytes, 100 * MEGABYTE, 0);
        assertThat(pace.next(100 * MEGABYTE, 1, 10 * MILLI)).isEqualTo(20 * MILLI);
        assertThat(pace.next(100 * MEGABYTE, 1, 30 * MILLI)).isEqualTo(40 * MILLI);
        assertThat(pace.next(100 * MEGABYTE, 1, 70 * MILLI)).isEqualTo(Pace.LONGEST_IDLE_NANOS);
        assertThat(pace.next(99 * MEGABYTE, 1, 110 * MILLI)).isEqualTo(Pace.LONGEST_NANOS);
    }
}
