package dev.checkrein.it.programs.junit;

import dev.checkrein.junit5.CancelAfter;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One limit for all, long enough for those that end. */
@CancelAfter("1s")
@TestMethodOrder(MethodOrderer.MethodName.class)
class LimitedClass {
    @BeforeEach
    void setUp(TestInfo test) {
        if (test.getDisplayName().equals("hasASlowSetUp()")) {
            Endless.spin();
        }
    }

    @TestFactory
    Stream<DynamicTest> dynamic() {
        return Stream.of(
                DynamicTest.dynamicTest("dynamic one", Endless::spin),
                DynamicTest.dynamicTest("dynamic two", () -> {}));
    }

    @Test
    void endsInTime() {}

    @Test
    void hasASlowSetUp() {}

    @ParameterizedTest(name = "turn {0}")
    @ValueSource(ints = {1, 2, 3})
    void parameterized(int turn) {
        if (turn == 2) {
            Endless.spin();
        }
    }

    @Test
    @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
    void withJUnitsTimeoutThatIsShorter() {
        Endless.spin();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void zOnAThreadOfJUnits() {
        Endless.spin();
    }

    @Nested
    class Inner {
        @Test
        void spins() {
            Endless.spin();
        }
    }
}
