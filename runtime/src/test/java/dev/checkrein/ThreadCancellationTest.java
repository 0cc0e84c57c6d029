package dev.checkrein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.internal.cancel.FakePolls;
import dev.checkrein.internal.pause.NoThreads;
import dev.checkrein.internal.timing.OwnThread;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread that is in no scope ends at its polls, and so does the work that a pool's worker is at. */
class ThreadCancellationTest {
    private FakePolls polls;
    private volatile BooleanSupplier workIsOver;

    @BeforeEach
    void install() {
        polls = new FakePolls(new NoThreads() {
            @Override
            public BooleanSupplier workOf(Thread thread) {
                return workIsOver;
            }
        });
    }

    @AfterEach
    void uninstall() {
        polls.close();
    }

    /** Runs on a thread of its own, all of whose life may be cancelled; returns what it died of. */
    private Throwable diesOf(Runnable body) throws InterruptedException {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Thread thread = new Thread(body);
        thread.setUncaughtExceptionHandler((dead, thrown) -> {
            polls.poll(); // the thread has ended by now, as far as anybody may wish
            uncaught.set(thrown);
        });
        thread.start();
        thread.join();
        return uncaught.get();
    }

    private static ThreadCancellation cancelSelf() {
        return Checkrein.cancelThread(Thread.currentThread(), "enough");
    }

    @Test
    void endsAtItsPollsWhateverItCatches() throws Exception {
        AtomicReference<ThreadCancellation> cancellation = new AtomicReference<>();
        Throwable uncaught = diesOf(() -> {
            cancellation.set(cancelSelf());
            assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
            assertThat(cancellation.get().isOver()).isFalse();
            polls.poll();
        });
        assertThat(uncaught).isInstanceOf(CancellationError.class).hasMessageEndingWith("was cancelled: enough");
        assertThat(cancellation.get().isOver()).isTrue();
        TestThread.eventually("its end is noticed from outside", () -> !polls.pending());
    }

    @Test
    void scopesThatItIsInLetTheErrorPass() throws Exception {
        Throwable uncaught = diesOf(() -> {
            cancelSelf();
            Throwable thrown =
                    catchThrowable(() -> CancellationScope.named("inner").call(() -> {
                        polls.poll();
                        return null;
                    }));
            assertThat(thrown).isInstanceOf(CancellationError.class);
            polls.poll();
        });
        assertThat(uncaught).isInstanceOf(CancellationError.class);
    }

    @Test
    void aShieldOutsideOfScopesProtects() throws Exception {
        AtomicReference<String> reached = new AtomicReference<>();
        diesOf(() -> {
            try (Shield shield = Shield.enter()) {
                cancelSelf();
                polls.poll();
                polls.advanceClock(1, TimeUnit.HOURS);
                polls.poll();
                assertThat(shield).isNotNull();
                reached.set("the end of the shield");
            }
            polls.poll();
            reached.set("what is behind the poll");
        });
        assertThat(reached).hasValue("the end of the shield");
    }

    @Test
    void whileItIsPoliteCleanupIsNotTorn() throws Exception {
        AtomicReference<String> reached = new AtomicReference<>();
        diesOf(() -> {
            cancelSelf();
            cleanUp(reached);
            polls.advanceClock(1, TimeUnit.SECONDS);
            cleanUp(reached);
            reached.set("cleaned up twice");
        });
        assertThat(reached).hasValue("cleaned up");
    }

    private void cleanUp(AtomicReference<String> reached) {
        polls.poll();
        reached.set("cleaned up");
    }

    @Test
    void takenBackNothingIsThrown() throws Exception {
        Throwable uncaught = diesOf(() -> {
            ThreadCancellation cancellation = cancelSelf();
            assertThat(cancellation.thread()).isSameAs(Thread.currentThread());
            cancellation.close();
            cancellation.close();
            assertThat(cancellation.isOver()).isTrue();
            polls.pollSlowly();
        });
        assertThat(uncaught).isNull();
    }

    @Test
    void takenBackMoreThanOnceItLeavesOthersAlone() throws Exception {
        diesOf(() -> {
            ThreadCancellation cancellation = cancelSelf();
            cancellation.close();
            cancellation.close();
        });
        CancellationScope scope = CancellationScope.named("work");
        Throwable thrown = catchThrowable(() -> scope.run(() -> {
            scope.cancel("enough");
            polls.poll();
        }));
        assertThat(thrown)
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(CancellationError.class); // the poll was told
    }

    @Test
    void twoThatAreTakenBackLeaveTheThird() throws Exception {
        Throwable uncaught = diesOf(() -> {
            ThreadCancellation first = cancelSelf();
            cancelSelf();
            ThreadCancellation third = cancelSelf();
            third.close();
            first.close();
            polls.poll();
        });
        assertThat(uncaught).isInstanceOf(CancellationError.class);
    }

    @Test
    void isWokenWhereItWaits() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Throwable uncaught = diesOf(() -> {
            cancelSelf();
            assertThat(catchThrowable(never::await)).isInstanceOf(InterruptedException.class);
            polls.poll();
        });
        assertThat(uncaught).isInstanceOf(CancellationError.class);
    }

    @Test
    void workThatIsOverIsNotEnded() throws Exception {
        AtomicReference<Boolean> over = new AtomicReference<>(false);
        workIsOver = over::get;
        Throwable uncaught = diesOf(() -> {
            ThreadCancellation cancellation = cancelSelf();
            assertThat(catchThrowable(polls::poll)).isInstanceOf(CancellationError.class);
            over.set(true);
            polls.poll();
            assertThat(cancellation.isOver()).isTrue();
        });
        assertThat(uncaught).isNull();
    }

    @Test
    void aWorkerWithoutWorkIsNotAsked() throws Exception {
        workIsOver = () -> true;
        Throwable uncaught = diesOf(() -> {
            assertThat(cancelSelf().isOver()).isTrue();
            polls.pollSlowly();
        });
        assertThat(uncaught).isNull();
    }

    @Test
    void aScopesOwnCancelIsItsOwnAllTheSame() throws Exception {
        CancellationScope inner = CancellationScope.named("inner");
        Throwable uncaught = diesOf(() -> {
            try (Shield shield = Shield.enter()) {
                cancelSelf();
                assertThat(catchThrowable(() -> inner.run(() -> {
                            inner.cancel("first");
                            polls.poll();
                        })))
                        .isInstanceOf(CancellationException.class);
                assertThat(shield).isNotNull();
            }
            polls.poll();
        });
        assertThat(uncaught).isInstanceOf(CancellationError.class);
    }

    @Test
    void refusesThreadsThatCannotBeCancelled() {
        Thread own = OwnThread.daemon(() -> {}, "own");
        assertThatThrownBy(() -> Checkrein.cancelThread(new Thread("fresh"), "enough"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("thread \"fresh\" has not been started. A thread can be cancelled from its start on");
        assertThatThrownBy(() -> Checkrein.cancelThread(own, "enough"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to the JVM or to Checkrein");
    }
}
