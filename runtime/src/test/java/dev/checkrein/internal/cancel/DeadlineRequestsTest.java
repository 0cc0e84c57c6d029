package dev.checkrein.internal.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls of one scope share their message, and none gets that of another. */
class DeadlineRequestsTest {
    private static final long SECOND = 1_000_000_000;

    private final DeadlineRequests requests = new DeadlineRequests();

    @Test
    void areMadeOnceForManyCallsOfAScope() {
        assertThat(requests.of("work", SECOND)).isSameAs(requests.of("work", SECOND));
    }

    @Test
    void tellScopesAndTimesApart() {
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 1_000; i++) { // many of which share a place
                assertThat(requests.of("work " + i, SECOND).message())
                        .isEqualTo("scope \"work " + i + "\" was still busy at its deadline, 1 s after its start");
                assertThat(requests.of("work", i * SECOND).message())
                        .isEqualTo("scope \"work\" was still busy at its deadline, " + i + " s after its start");
            }
        }
    }
}
