package dev.checkrein.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Chance alone makes nobody a straggler. */
class StragglersTest {
    private static final int PAUSES = 10_000;

    private final Stragglers stragglers = new Stragglers();
    private final Random random = new Random(1);

    @Test
    void nobodyIsOneAmongThoseWhoAreAlike() {
        for (int threads : new int[] {2, 4, 100}) {
            stragglers.reset();
            for (int pause = 0; pause < PAUSES; pause++) {
                stragglers.last("thread " + random.nextInt(threads), threads);
                assertThat(stragglers.figures()).isEmpty();
            }
        }
    }

    @Test
    void oneThatIsLastInEveryTenthPauseOfAHundredThreadsIsOne() {
        for (int pause = 0; pause < PAUSES; pause++) {
            stragglers.last(pause % 10 == 0 ? "slow" : "thread " + random.nextInt(99), 100);
        }
        assertThat(stragglers.figures())
                .singleElement()
                .satisfies(row -> assertThat(row).containsExactly("slow", 1_000L, 10_000L));
    }

    @Test
    void theWorstComesFirst() {
        for (int pause = 0; pause < PAUSES; pause++) {
            stragglers.last(pause % 3 == 0 ? "slow" : "slower", 10);
        }
        assertThat(stragglers.figures()).extracting(row -> row[0]).containsExactly("slower", "slow");
    }

    @Test
    void theOnlyOneIsNot() {
        for (int pause = 0; pause < PAUSES; pause++) {
            stragglers.last("alone", 1);
        }
        assertThat(stragglers.figures()).isEmpty();
    }

    @Test
    void namesWithoutEndAreNotKept() {
        for (int pause = 0; pause < PAUSES; pause++) {
            stragglers.last("thread " + pause, 2);
            stragglers.last("slow", 2);
        }
        assertThat(stragglers.figures())
                .as("half of all, as chance would have it")
                .isEmpty();
    }
}
