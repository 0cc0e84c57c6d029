package dev.checkrein.it.programs.junit;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the test classes that are named, on the main thread. Prints which JUnit it is, how each test ended, with the test's own
 * method that it was found in, and what is left of them at the end.
 */
public final class RunTests {
    /** What Checkrein itself keeps running for good. */
    private static final String OWN_THREADS = "checkrein-";

    private RunTests() {}

    public static void main(String[] testClasses) throws InterruptedException {
        System.out.println("JUnit " + Test.class.getPackage().getImplementationVersion());
        Set<Thread> before = threads();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Arrays.stream(testClasses)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        new Printer());
        System.out.println("interrupted: " + Thread.currentThread().isInterrupted());
        System.out.println("threads left: " + leftBehind(before));
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Those that have been told to end, such as JUnit's own timer, are given the time to. */
    private static List<String> leftBehind(Set<Thread> before) throws InterruptedException {
        Set<Thread> since = threads();
        since.removeAll(before);
        since.removeIf(thread -> thread.getName().startsWith(OWN_THREADS));
        for (Thread thread : since) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        }
        return since.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    private static final class Printer implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getThrowable().isPresent()) {
                System.out.println(test.getDisplayName() + ": " + result.getStatus()
                        + result.getThrowable().map(Printer::told).orElse(""));
            }
        }

        private static String told(Throwable thrown) {
            return " " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage() + "; " + found(thrown);
        }

        private static String found(Throwable thrown) {
            Throwable root = thrown;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String where = Arrays.stream(root.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith(RunTests.class.getPackageName()))
                    .findFirst()
                    .map(StackTraceElement::getMethodName)
                    .orElse("nowhere");
            return root.getClass().getSimpleName() + " in " + where;
        }
    }
}
