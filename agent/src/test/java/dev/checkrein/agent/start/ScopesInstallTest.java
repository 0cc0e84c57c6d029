package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.checkrein.CancellationError;
import dev.checkrein.Checkrein;
import dev.checkrein.agent.rewrite.Compiled;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scopes around the methods of a class that was loaded, and run, before the agent started. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // what does not poll does not end
class ScopesInstallTest {
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private static final String SERVICE = """
            public class Service implements Runnable, java.util.function.IntSupplier, java.util.function.UnaryOperator<Runnable> {
                static final long serialVersionUID = 1;
                /** Never ends. */
                public void run() { while (true) {} }
                /** Takes about a millisecond, which is its deadline too. */
                public int getAsInt() {
                    long start = System.nanoTime();
                    int turns = 0;
                    while (System.nanoTime() - start < 1_000_000) { turns++; }
                    return turns;
                }
                public synchronized Runnable apply(Runnable body) { body.run(); return body; }
            }
            """;

    private static final int RACES = 500;

    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch INSTALLED = new CountDownLatch(1);

    private static Object service;
    private static List<String> methodsBefore;
    private static Thread runningBefore;
    private static volatile Throwable thrownInside;
    private static volatile int scopesInside = -1;
    private static volatile Throwable thrownOutside;

    @BeforeAll
    static void start() throws Exception {
        byte[] classFile = Compiled.classes("subjects.Service", "package subjects; " + SERVICE)
                .get("subjects.Service");
        service = new ClassLoader(ScopesInstallTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass("subjects.Service", classFile, 0, classFile.length);
            }
        }.define().getDeclaredConstructor().newInstance();
        methodsBefore = methods();
        runningBefore = new Thread(() -> thrownOutside = catchThrowable(() -> around(ScopesInstallTest::runInside)));
        runningBefore.start();
        STARTED.await();
        String options = "include=subjects.**,scope=subjects.Service#getAsInt@1ms:subjects.Service#*@100ms";
        assertThat(AgentStart.start(options, INSTRUMENTATION))
                .as("what went wrong")
                .isNull();
        INSTALLED.countDown();
    }

    private static List<String> methods() {
        return Arrays.stream(service.getClass().getDeclaredMethods())
                .map(Method::toString)
                .sorted()
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static void around(Runnable body) {
        ((UnaryOperator<Runnable>) service).apply(body);
    }

    /** In a frame of the method as it was before. */
    private static void runInside() {
        STARTED.countDown();
        try {
            INSTALLED.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        scopesInside = Checkrein.scopes().size();
        thrownInside = catchThrowable(((Runnable) service)::run);
    }

    private static void assertTimeout(Throwable thrown) {
        assertThat(thrown)
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("scope \"subjects.Service#run\" was still busy at its deadline, 0.1 s after its start")
                .cause()
                .isExactlyInstanceOf(TimeoutException.class)
                .cause()
                .isExactlyInstanceOf(CancellationError.class)
                .satisfies(error ->
                        assertThat(error.getStackTrace()[0].getMethodName()).isEqualTo("run"));
    }

    @Test
    void callsThatBeginLaterHaveADeadline() {
        assertTimeout(catchThrowable(((Runnable) service)::run));
    }

    @Test
    void callsThatRunAlreadyAreLeftAloneAndThoseInsideThemAreNot() throws Exception {
        runningBefore.join();
        assertThat(scopesInside).isZero();
        assertTimeout(thrownInside);
        assertThat(thrownOutside).isNull();
    }

    @Test
    void theClassHasNoOtherMembersThanBefore() {
        assertThat(methods()).isEqualTo(methodsBefore);
        assertThat(Checkrein.status().leftAlone()).isEmpty();
    }

    @Test
    void aDeadlineNeverHitsWhatTheThreadDoesNext() {
        int ended = 0;
        for (int i = 0; i < RACES; i++) {
            try {
                assertThat(((IntSupplier) service).getAsInt()).isNotNegative();
            } catch (CancellationException late) {
                ended++;
            }
            assertThat(Thread.interrupted()).isFalse();
            assertThat(Checkrein.scopes()).noneMatch(scope -> scope.thread() == Thread.currentThread());
        }
        assertThat(ended).isPositive();
    }
}
