package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.checkrein.internal.cancel.FakePolls;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between the poll and the boundary nothing is torn that others need whole. */
class ShieldsTest {
    private static FakePolls polls;

    @BeforeEach
    void install() {
        polls = new FakePolls();
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    static final class ShieldedInitialiser {
        static final Throwable THROWN = catchThrowable(polls::poll);

        private ShieldedInitialiser() {}
    }

    @Test
    void aClassBeingInitialisedInsideTheCallShields() {
        inCancelledCall(() -> {
            assertThat(ShieldedInitialiser.THROWN).isNull();
            assertHit();
        });
    }

    static final class InitialiserAroundTheCall {
        static final boolean HIT = inCancelledCall(ShieldsTest::assertHit);

        private InitialiserAroundTheCall() {}
    }

    @Test
    void aClassBeingInitialisedAroundTheCallDoesNot() {
        assertThat(InitialiserAroundTheCall.HIT).isTrue();
    }

    static final class InitialiserBetweenTwoCalls {
        static final Throwable THROWN =
                catchThrowable(() -> CancellationScope.named("inner").call(() -> {
                    polls.poll();
                    return null;
                }));

        private InitialiserBetweenTwoCalls() {}
    }

    @Test
    void aClassBeingInitialisedInsideTheOuterCallShieldsFromItsEndThoughAnInnerCallBeganThere() {
        inCancelledCall(() -> {
            assertThat(InitialiserBetweenTwoCalls.THROWN).isNull();
            assertHit();
        });
    }

    static final class InitialiserWithACancelledCall {
        static final boolean HIT = inCancelledCall(ShieldsTest::assertHit);

        private InitialiserWithACancelledCall() {}
    }

    @Test
    void aClassBeingInitialisedInsideTheOuterCallDoesNotShieldAnInnerCallFromItsOwnEnd() throws Exception {
        assertThat(CancellationScope.named("outer").call(() -> InitialiserWithACancelledCall.HIT))
                .isTrue();
    }

    @Test
    void aMethodThatTheUserHasNamedShieldsHoweverLongItTakes() {
        inCancelledCall(() -> {
            shieldedByItsName();
            assertHit();
        });
    }

    private static void shieldedByItsName() {
        polls.poll();
        polls.advanceClock(1, TimeUnit.HOURS);
        polls.poll();
    }

    @Test
    void aMethodThatTheUserHasNamedDoesNotShieldFromAForcedRequest() {
        CancellationScope scope = CancellationScope.named("work")
                .withPolicy(EscalationPolicy.defaults().forced());
        Throwable thrown = Ending.of(() -> scope.run(() -> {
            scope.cancel("enough");
            shieldedByItsName();
        }));
        assertThat(thrown).hasCauseExactlyInstanceOf(CancellationError.class);
    }

    @Test
    void aMethodThatTheUserHasNamedDoesNotShieldACallInsideIt() {
        shieldedAround(ShieldsTest::assertHit);
    }

    private static void shieldedAround(Body body) {
        inCancelledCall(body);
    }

    @Test
    void aClassBeingLoadedShields() {
        inCancelledCall(() -> {
            Throwable[] thrown = {new AssertionError("findClass was not called")};
            ClassLoader loader = new ClassLoader(null) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    thrown[0] = catchThrowable(polls::poll);
                    return super.findClass(name);
                }
            };
            assertThat(catchThrowable(() -> loader.loadClass("not.There"))).isInstanceOf(ClassNotFoundException.class);
            assertThat(thrown[0]).isNull();
            assertHit();
        });
    }

    @Test
    void aLoaderThatBringsItsOwnLoadClassShields() {
        inCancelledCall(() -> {
            ClassLoader loader = new ClassLoader(null) {
                @Override
                public Class<?> loadClass(String name) {
                    polls.poll();
                    return ShieldsTest.class;
                }
            };
            assertThat(loader.loadClass("any.Name")).isSameAs(ShieldsTest.class);
            assertHit();
        });
    }

    /** The method reference puts the poll into the map's own code, as if it had been included. */
    @Test
    void aPollInTheJdksConcurrencyCodeShields() {
        inCancelledCall(() -> {
            ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
            map.computeIfAbsent("key", polls::pollAndReturn);
            assertThat(map).containsOnlyKeys("key");
            assertHit();
        });
    }

    @Test
    void aPollInCodeThatTheJdksConcurrencyCodeCallsDoesNot() {
        inCancelledCall(() -> {
            ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
            assertThat(catchThrowable(() -> map.computeIfAbsent("key", key -> {
                        polls.poll();
                        return key;
                    })))
                    .isInstanceOf(CancellationError.class);
            assertThat(map).isEmpty();
        });
    }

    /** As if the JDK's own task, a squaring of large numbers for one, had been included. */
    @Test
    void aTaskThatIsForkedDoesNot() {
        inCancelledCall(() -> {
            ForkJoinTask<?> task = ForkJoinTask.adapt((Runnable) polls::poll);
            assertThat(catchThrowable(task::invoke)).isNotNull();
            assertThat(task.isCompletedAbnormally()).isTrue();
        });
    }

    private static void assertHit() {
        assertThat(catchThrowableOfType(CancellationError.class, polls::poll))
                .as("thrown at an unshielded poll")
                .isNotNull();
    }

    /** True, or the error of an assertion in the body. */
    private static boolean inCancelledCall(Body body) {
        CancellationScope scope = CancellationScope.named("work");
        Throwable thrown = Ending.of(() -> scope.call(() -> {
            scope.cancel("enough");
            body.run();
            return null;
        }));
        assertThat(thrown).isExactlyInstanceOf(CancellationException.class).hasNoCause();
        return true;
    }

    private interface Body {
        void run() throws Exception;
    }
}
