package dev.checkrein.internal.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import dev.checkrein.Ending;
import dev.checkrein.RunningScope;
import dev.checkrein.TestThread;
import dev.checkrein.internal.bridge.Engine;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scopes around methods, which say when their calls begin and end as rewritten ones do. */
class ImplicitScopesTest {
    private static final String DESCRIPTOR =
            MethodType.methodType(void.class, Body.class).toMethodDescriptorString();
    private static final ScopedMethod METHOD = method("work", Engine.NO_DEADLINE, true);

    private final FakePolls polls = new FakePolls();
    private final ImplicitScopes scopes = polls.engine().implicitScopes();
    private boolean rewritten = true;

    private interface Body {
        void run() throws Throwable;
    }

    private static ScopedMethod method(String name, long deadlineNanos, boolean throwsTimeout) {
        String className = ImplicitScopesTest.class.getName();
        return new ScopedMethod(className + '#' + name, className, name, DESCRIPTOR, deadlineNanos, throwsTimeout);
    }

    @BeforeEach
    void prepare() {
        scopes.prepare();
    }

    @AfterEach
    void uninstall() {
        assertThat(Checkrein.scopes()).as("running").isEmpty();
        assertThat(ThreadCalls.current()).as("what is left on the thread").isNull();
        polls.close();
    }

    /** As the rewriter would have it. */
    private void work(Body body) throws Throwable {
        if (rewritten) {
            scopes.enter(METHOD);
            inside(body);
        } else {
            body.run();
        }
    }

    private void otherWork(Body body) throws Throwable {
        scopes.enter(method("otherWork", Engine.NO_DEADLINE, true));
        inside(body);
    }

    private void workUntil(long nanos, boolean throwsTimeout, Body body) throws Throwable {
        scopes.enter(method("workUntil", nanos, throwsTimeout));
        inside(body);
    }

    private void inside(Body body) throws Throwable {
        try {
            body.run();
        } catch (Throwable thrown) {
            throw scopes.failed(thrown);
        }
        scopes.exit();
    }

    private void cancelAll(String name) {
        assertThat(Checkrein.cancelScopes(name, "enough")).isPositive();
    }

    private void assertHit() {
        assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
    }

    private void assertShielded() {
        assertThat(catchThrowable(polls::poll)).isNull();
    }

    @Test
    void whatIsReturnedAndThrownIsAsItWas() throws Throwable {
        boolean[] run = new boolean[1];
        work(() -> run[0] = true);
        assertThat(run[0]).isTrue();
        Exception thrown = new Exception();
        assertThat(catchThrowable(() -> work(() -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
    }

    @Test
    void aCancelEndsTheCallsThatRunAndNoLaterOnes() throws Throwable {
        Throwable thrown = Ending.of(() -> work(() -> {
            cancelAll("*ScopesTest#work");
            polls.poll();
        }));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"" + METHOD.scopeName() + "\" was cancelled: enough")
                .hasCauseExactlyInstanceOf(CancellationError.class);
        work(polls::poll);
    }

    @Test
    void aCancelThatComesTooLateToBeThrownComesOutAtTheEnd() {
        assertThat(Ending.of(() -> work(() -> cancelAll("*"))))
                .isExactlyInstanceOf(CancellationException.class)
                .hasNoCause();
    }

    @Test
    void aCancelByAnotherNameDoesNothing() throws Throwable {
        work(() -> {
            assertThat(Checkrein.cancelScopes("*#play", "enough")).isZero();
            polls.poll();
        });
    }

    @Test
    void callsAreListedTheOldestFirst() throws Throwable {
        assertThat(Checkrein.scopes()).isEmpty();
        CountDownLatch started = new CountDownLatch(1);
        work(() -> {
            TestThread<?> other = TestThread.start(() -> {
                assertThat(Ending.of(() -> otherWork(() -> {
                            started.countDown();
                            new CountDownLatch(1).await();
                        })))
                        .isInstanceOf(CancellationException.class);
                return null;
            });
            started.await();
            RunningScope[] running = Checkrein.scopes().toArray(new RunningScope[0]);
            assertThat(running).hasSize(2);
            assertThat(running[0].name()).isEqualTo(METHOD.scopeName());
            assertThat(running[0].thread()).isSameAs(Thread.currentThread());
            assertThat(running[1].thread()).isSameAs(other.thread());
            assertThat(running[0].running()).isGreaterThan(running[1].running());
            assertThat(running[1].running()).isPositive();
            assertThat(running[1]).hasToString(running[1].name() + " on worker for " + running[1].running());
            running[1].cancel("this one");
            assertThat(other.thrown()).isNull();
            running[1].cancel("too late");
            polls.poll();
        });
    }

    @Test
    void aDeadlineComesOutAsDeclared() {
        Throwable thrown = Ending.of(() -> workUntil(1, true, this::loop));
        assertThat(thrown)
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessageContaining("#workUntil\" was still busy at its deadline, 0.000000001 s after its start")
                .hasCauseExactlyInstanceOf(CancellationError.class);
    }

    @Test
    void aDeadlineThatIsNotDeclaredComesOutUnchecked() {
        Throwable thrown = Ending.of(() -> workUntil(1, false, this::loop));
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageContaining("#workUntil\" was still busy at its deadline")
                .hasCauseExactlyInstanceOf(TimeoutException.class);
        assertThat(thrown.getCause()).hasCauseExactlyInstanceOf(CancellationError.class);
    }

    private void loop() {
        while (true) {
            polls.poll();
        }
    }

    @Test
    void aBlockedCallIsWoken() {
        TestThread<?> worker = TestThread.start(() -> {
            assertThat(Ending.of(() ->
                            workUntil(TimeUnit.MILLISECONDS.toNanos(5), true, () -> new CountDownLatch(1).await())))
                    .isExactlyInstanceOf(TimeoutException.class)
                    .hasCauseExactlyInstanceOf(InterruptedException.class);
            return null;
        });
        assertThat(worker.thrown()).isNull();
    }

    @Test
    void theMethodsOwnCodeIsPartOfTheCall() {
        assertThat(Ending.of(() -> cleanUpInScope(() -> {
                    cancelAll("*");
                    assertShielded();
                    polls.advanceClock(1, TimeUnit.HOURS);
                    assertHit();
                })))
                .isInstanceOf(CancellationException.class);
    }

    private void cleanUpInScope(Body body) throws Throwable {
        scopes.enter(method("cleanUpInScope", Engine.NO_DEADLINE, true));
        inside(body);
    }

    @Test
    void whatIsAroundTheMethodDoesNotShield() {
        assertThat(Ending.of(() -> cleanUpAround(() -> {
                    cancelAll("*");
                    assertHit();
                })))
                .isInstanceOf(CancellationException.class);
    }

    private void cleanUpAround(Body body) throws Throwable {
        work(body);
    }

    @Test
    void callsOfOneMethodInsideEachOtherAreEndedEachOnItsOwn() throws Throwable {
        work(() -> {
            assertThat(Ending.of(() -> work(() -> {
                        Checkrein.scopes().get(1).cancel("the inner");
                        assertHit();
                    })))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("the inner");
            polls.poll();
        });
    }

    @Test
    void whatStandsBetweenTheBoundariesShieldsTheOuterCall() {
        assertThat(Ending.of(() -> work(() -> cleanUp(() -> work(() -> {
                    Checkrein.scopes().get(0).cancel("the outer");
                    assertShielded();
                    polls.advanceClock(1, TimeUnit.HOURS);
                    assertHit();
                })))))
                .hasMessageContaining("the outer");
    }

    private void cleanUp(Body body) throws Throwable {
        body.run();
    }

    /** The method was rewritten while it ran: it has opened no call, and what it was called by shields. */
    @Test
    void aFrameOfAScopedMethodThatHasBegunNoCallIsNoBoundary() {
        assertThat(Ending.of(() -> otherWork(() -> cleanUp(() -> {
                    rewritten = false;
                    work(() -> {
                        cancelAll("*#otherWork");
                        assertShielded();
                    });
                }))))
                .isInstanceOf(CancellationException.class)
                .hasNoCause();
    }

    /** The same, where such a frame stands farther out. */
    @Test
    void whatAnOldFrameHasCalledDoesNotShieldTheCallInside() throws Throwable {
        rewritten = false;
        work(() -> cleanUp(() -> {
            rewritten = true;
            assertThat(Ending.of(() -> work(() -> {
                        cancelAll("*");
                        assertHit();
                    })))
                    .isInstanceOf(CancellationException.class);
        }));
    }

    @Test
    void aScopeOfTheApiAroundItEndsIt() {
        CancellationScope scope = CancellationScope.named("outer");
        assertThat(Ending.of(() -> scope.run(() -> catchThrowable(() -> work(() -> {
                    scope.cancel("from outside");
                    assertHit();
                })))))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageContaining("from outside");
    }

    @Test
    void aScopeOfTheApiInsideItIsEndedOnItsOwn() throws Throwable {
        CancellationScope scope = CancellationScope.named("inner").withDeadline(Duration.ofHours(1));
        work(() -> {
            assertThat(Ending.of(() -> scope.run(() -> {
                        scope.cancel("enough");
                        assertHit();
                    })))
                    .isInstanceOf(CancellationException.class);
            polls.poll();
        });
    }

    @Test
    void theEndOfItPassesThroughAScopeOfTheApi() {
        assertThat(Ending.of(() -> work(() -> CancellationScope.named("inner").run(() -> {
                    cancelAll("*#work");
                    polls.poll();
                }))))
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessageContaining("#work\" was cancelled")
                .hasCauseExactlyInstanceOf(CancellationError.class);
    }

    @Test
    void withoutTheAgentThereAreNone() {
        assertThat(CancelEngine.interruptOnly("no agent").scopes()).isEmpty();
    }
}
