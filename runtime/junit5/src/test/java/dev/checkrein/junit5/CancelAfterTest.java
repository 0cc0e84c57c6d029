package dev.checkrein.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** What the limit does. Nothing polls here, so everything that is to be ended is blocked. */
@Timeout(60) // of JUnit: what is blocked for good, and not ended, must not be waited for
class CancelAfterTest {
    private static final String LIMIT = " was still busy after 0.02 s (@CancelAfter(\"20ms\") on ";

    private static String onMethod(Class<?> c, String method) {
        return c.getName() + "." + method + "()" + LIMIT + "method " + c.getName() + "." + method + ")";
    }

    private static String onClass(Class<?> c, String what) {
        return c.getName() + "." + what + LIMIT + "class " + c.getName() + ")";
    }

    static class Blocked {
        @Test
        @CancelAfter("20ms")
        void blocked() throws Exception {
            Blocking.forGood();
        }
    }

    @Test
    void endsATestAndTellsWhichAndWhere() {
        Executed.tests(Blocked.class)
                .assertFailure()
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage(onMethod(Blocked.class, "blocked"))
                .cause()
                .isExactlyInstanceOf(InterruptedException.class)
                .satisfies(e -> assertThat(e.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("forGood", "blocked"));
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    @CancelAfter("20ms")
    static class OneAfterTheOther {
        @Test
        void first() throws Exception {
            Blocking.forGood();
        }

        @Test
        @CancelAfter("1h")
        void second() {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Blocking.longerThanShortLimits();
        }
    }

    @Test
    void theNextTestIsNotHit() {
        Executed executed = Executed.tests(OneAfterTheOther.class);
        assertThat(executed.failed()).containsExactly("first()");
        assertThat(executed.passed()).containsExactly("second()");
    }

    @CancelAfter("1h")
    static class OnOneThread {
        static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

        @BeforeEach
        void set() {
            LOCAL.set(LOCAL.get() + " before");
        }

        @Test
        void test() {
            LOCAL.set(LOCAL.get() + " test");
        }
    }

    @Test
    void runsOnTheSameThread() {
        OnOneThread.LOCAL.set("outside");
        assertThat(Executed.tests(OnOneThread.class).passed()).containsExactly("test()");
        assertThat(OnOneThread.LOCAL.get()).isEqualTo("outside before test");
    }

    @CancelAfter("1h")
    static class FailsItself {
        static final Throwable THROWN = new TimeoutException("of its own");

        @Test
        void test() throws Throwable {
            throw THROWN;
        }
    }

    @Test
    void whatATestThrowsItselfIsReportedAsItIs() {
        Executed.tests(FailsItself.class).assertFailure().isSameAs(FailsItself.THROWN);
    }

    static class Returns {
        @Test
        @CancelAfter("20ms")
        void late() {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aTestThatEndsLateFailsToo() {
        Executed.tests(Returns.class)
                .assertFailure()
                .hasMessage(onMethod(Returns.class, "late"))
                .hasNoCause();
    }

    static class BlockedBeforeAll {
        @BeforeAll
        static void start() throws Exception {
            Blocking.forGood();
        }

        @Test
        void test() {}
    }

    @CancelAfter("20ms")
    static class LimitedBeforeAll extends BlockedBeforeAll {}

    @CancelAfter("20ms")
    static class BlockedAfterAll {
        @AfterAll
        static void end() throws Exception {
            Blocking.forGood();
        }

        @Test
        @CancelAfter("1h")
        void test() {}
    }

    @CancelAfter("20ms")
    static class BlockedBeforeEach {
        @BeforeEach
        void setUp() throws Exception {
            Blocking.forGood();
        }

        @Test
        @CancelAfter("1h")
        void test() {}
    }

    @CancelAfter("20ms")
    static class BlockedAfterEach {
        @AfterEach
        void tearDown() throws Exception {
            Blocking.forGood();
        }

        @Test
        @CancelAfter("1h")
        void test() {}
    }

    @Test
    void lifecycleMethodsHaveTheLimitOfTheClass() {
        Executed.tests(LimitedBeforeAll.class).assertFailure().hasMessage(onClass(LimitedBeforeAll.class, "start()"));
        Executed.tests(BlockedAfterAll.class).assertFailure().hasMessage(onClass(BlockedAfterAll.class, "end()"));
        Executed.tests(BlockedBeforeEach.class)
                .assertFailure()
                .hasMessage(onClass(BlockedBeforeEach.class, "setUp() [test()]"));
        Executed.tests(BlockedAfterEach.class)
                .assertFailure()
                .hasMessage(onClass(BlockedAfterEach.class, "tearDown() [test()]"));
    }

    static class BlockedTemplate {
        @CancelAfter("20ms")
        @RepeatedTest(value = 2, name = "turn {currentRepetition}")
        void again() throws Exception {
            Blocking.forGood();
        }
    }

    @Test
    void eachInvocationOfATemplateHasALimitOfItsOwn() {
        Executed executed = Executed.tests(BlockedTemplate.class);
        assertThat(executed.failed()).containsExactly("turn 1", "turn 2");
        assertThat(executed.messages())
                .first()
                .asString()
                .startsWith(BlockedTemplate.class.getName() + ".again() [turn 1]" + LIMIT);
    }

    static class BlockedFactory {
        @TestFactory
        @CancelAfter("20ms")
        List<DynamicTest> blocked() throws Exception {
            Blocking.forGood();
            return List.of();
        }
    }

    static class BlockedDynamic {
        @TestFactory
        @CancelAfter("1s")
        Stream<DynamicTest> make() {
            return Stream.of(
                    DynamicTest.dynamicTest("stuck", Blocking::forGood), DynamicTest.dynamicTest("quick", () -> {}));
        }
    }

    @Test
    void factoriesAndTheTestsTheyMakeAreEnded() {
        Executed.tests(BlockedFactory.class).assertFailure().hasMessage(onMethod(BlockedFactory.class, "blocked"));

        Executed executed = Executed.tests(BlockedDynamic.class);
        assertThat(executed.passed()).containsExactly("quick");
        executed.assertFailure()
                .hasMessage(
                        "%s.make() [stuck] was still busy after 1 s (@CancelAfter(\"1s\") on method %1$s.make)",
                        BlockedDynamic.class.getName());
    }

    static class JUnitsIsShorter {
        @Test
        @CancelAfter("1h")
        @Timeout(value = 20, unit = TimeUnit.MILLISECONDS)
        void test() throws Exception {
            Blocking.forGood();
        }
    }

    static class JUnitsIsLonger {
        @Test
        @CancelAfter("20ms")
        @Timeout(value = 1, unit = TimeUnit.HOURS)
        void test() throws Exception {
            Blocking.forGood();
        }
    }

    static class OnAThreadOfJUnits {
        @Test
        @CancelAfter("20ms")
        @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void test() throws Exception {
            Blocking.forGood();
        }
    }

    @Test
    void theShorterOfThisAndJUnitsTimeoutActs() {
        Executed.tests(JUnitsIsShorter.class)
                .assertFailure()
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage("test() timed out after 20 milliseconds");
        Executed.tests(JUnitsIsLonger.class).assertFailure().hasMessage(onMethod(JUnitsIsLonger.class, "test"));
        Executed.tests(OnAThreadOfJUnits.class).assertFailure().hasMessage(onMethod(OnAThreadOfJUnits.class, "test"));
    }

    static class IgnoresJUnitsInterrupt {
        @Test
        @CancelAfter("1s")
        @Timeout(value = 20, unit = TimeUnit.MILLISECONDS)
        void test() {
            assertThatThrownBy(Blocking::forGood).isInstanceOf(InterruptedException.class);
            assertThatThrownBy(Blocking::forGood).isInstanceOf(InterruptedException.class);
        }
    }

    /** It reports what it saw, that the test took too long, and not the limit that ended it. */
    @Test
    void whatJUnitsInterruptDoesNotEndIsEndedAllTheSame() {
        Executed.tests(IgnoresJUnitsInterrupt.class)
                .assertFailure()
                .hasMessage("test() timed out after 20 milliseconds")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
}
