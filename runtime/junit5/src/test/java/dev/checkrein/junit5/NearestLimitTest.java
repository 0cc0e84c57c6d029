package dev.checkrein.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.CancellationScope;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which of several limits is meant. */
@Timeout(60) // of JUnit: what is blocked for good, and not ended, must not be waited for
class NearestLimitTest {
    private static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.enabled";
    private static final Map<String, String> CONFIGURED =
            Map.of(AUTODETECTION, "true", CancelAfterExtension.PARAMETER, "20ms");

    @CancelAfter("1h")
    static class Longer {
        @Test
        @CancelAfter("20ms")
        void method() throws Exception {
            Blocking.forGood();
        }
    }

    @CancelAfter("20ms")
    static class Shorter {
        @Test
        @CancelAfter("1h")
        void method() {
            Blocking.longerThanShortLimits();
        }
    }

    @Test
    void thatOfTheMethodWinsOverThatOfTheClass() {
        Executed.tests(Longer.class)
                .assertFailure()
                .hasMessageEndingWith("on method " + Longer.class.getName() + ".method)");
        assertThat(Executed.tests(Shorter.class).passed()).containsExactly("method()");
    }

    @CancelAfter("20ms")
    static class Outer {
        @Nested
        class Plain {
            @Test
            void plain() throws Exception {
                Blocking.forGood();
            }
        }

        @Nested
        @CancelAfter("1h")
        class WithItsOwn {
            @Test
            void own() {
                Blocking.longerThanShortLimits();
            }
        }
    }

    @Test
    void thatOfAClassIsForThoseNestedInItThatHaveNone() {
        Executed executed = Executed.tests(Outer.class);
        executed.assertFailure()
                .hasMessageStartingWith(Outer.Plain.class.getName() + ".plain() was")
                .hasMessageEndingWith("on class " + Outer.class.getName() + ")");
        assertThat(executed.passed()).containsExactly("own()");
    }

    @CancelAfter("1h")
    static class WithSetUp {
        @BeforeEach
        @CancelAfter("20ms")
        void setUp() throws Exception {
            Blocking.forGood();
        }

        @Test
        void test() {}
    }

    @Test
    void aLifecycleMethodMayHaveItsOwn() {
        Executed.tests(WithSetUp.class)
                .assertFailure()
                .hasMessageEndingWith("on method " + WithSetUp.class.getName() + ".setUp)");
    }

    static class SlowSetUp {
        @BeforeEach
        void setUp() {
            Blocking.longerThanShortLimits();
        }

        @Test
        @CancelAfter("20ms")
        void test() throws Exception {
            Blocking.forGood();
        }
    }

    @Test
    void aLifecycleMethodDoesNotHaveThatOfTheTest() {
        Executed.tests(SlowSetUp.class)
                .assertFailure()
                .hasMessageStartingWith(SlowSetUp.class.getName() + ".test() was still busy");
    }

    @Retention(RetentionPolicy.RUNTIME)
    @CancelAfter("20ms")
    @interface Quick {}

    static class Composed {
        @Test
        @Quick
        void test() throws Exception {
            Blocking.forGood();
        }
    }

    @Test
    void itMayComeWithAnotherAnnotation() {
        Executed.tests(Composed.class).assertFailure().hasMessageContaining("@CancelAfter(\"20ms\")");
    }

    static class Plain {
        @Test
        void test() throws Exception {
            Blocking.forGood();
        }
    }

    @Test
    void theConfigurationParameterIsForAll() {
        Executed.tests(Plain.class, CONFIGURED)
                .assertFailure()
                .hasMessage(Plain.class.getName() + ".test() was still busy after 0.02 s"
                        + " (the configuration parameter checkrein.junit.cancel-after=20ms)");
    }

    @Test
    void anAnnotationWinsOverTheConfigurationParameter() {
        assertThat(Executed.tests(Shorter.class, CONFIGURED).passed()).containsExactly("method()");
    }

    static class Unlimited {
        @Test
        void test() {
            Blocking.longerThanShortLimits();
        }
    }

    @Test
    void withoutAnyThereIsNoLimit() {
        assertThat(Executed.tests(Unlimited.class, Map.of(AUTODETECTION, "true"))
                        .passed())
                .containsExactly("test()");
    }

    static class InvalidOnMethod {
        @Test
        @CancelAfter("2 parsecs")
        void test() {}
    }

    @CancelAfter("soon")
    static class InvalidOnClass {
        @Test
        void one() {}

        @Test
        void two() {}
    }

    @Test
    void anInvalidOneIsToldWithItsPlaceOnce() {
        Executed.tests(InvalidOnMethod.class)
                .assertFailure()
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith("@CancelAfter(\"2 parsecs\") on method " + InvalidOnMethod.class.getName()
                        + ".test is not a duration. Valid are ");
        Executed.tests(InvalidOnClass.class)
                .assertFailure()
                .hasMessageStartingWith("@CancelAfter(\"soon\") on class " + InvalidOnClass.class.getName()
                        + " is not a duration. Valid are ");
        Executed.tests(Plain.class, Map.of(AUTODETECTION, "true", CancelAfterExtension.PARAMETER, "0"))
                .assertFailure()
                .hasMessageStartingWith(
                        "the configuration parameter checkrein.junit.cancel-after=0 is not longer than zero.");
    }

    @CancelAfter("1h")
    static class CancelledFromWithin {
        @Test
        void test() throws Exception {
            CancellationScope scope = CancellationScope.named("inner");
            scope.cancel("enough");
            scope.call(() -> null);
        }
    }

    @Test
    void scopesOfTheTestItselfKeepTheirExceptions() {
        Executed.tests(CancelledFromWithin.class).assertFailure().isExactlyInstanceOf(CancellationException.class);
    }
}
