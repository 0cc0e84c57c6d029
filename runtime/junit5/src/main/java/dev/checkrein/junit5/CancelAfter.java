package dev.checkrein.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long a test may take. One that is still busy then is ended, wherever it is, and fails.
 *
 * <pre>{@code
 * @Test
 * @CancelAfter("2s")
 * void parserTerminates() {
 *     parser.parse("((((((");
 * }
 * }</pre>
 *
 * <p><b>On a test method</b>, of whatever kind, it is the limit of each execution of that method: for each invocation of a
 * template, and for each dynamic test of a factory. <b>On a class</b>, it is the limit of each method that JUnit runs for
 * that class and those nested in it: each test, and each {@code @BeforeAll}, {@code @BeforeEach}, {@code @AfterEach} and
 * {@code @AfterAll} method by itself. The nearest annotation wins, so a nested class or a method may have more time than what is
 * around it. It is inherited by subclasses, and may be put on an annotation of your own.
 *
 * <p><b>For all tests</b>, set JUnit's configuration parameters {@value CancelAfterExtension#PARAMETER} to a duration and
 * {@code junit.jupiter.extensions.autodetection.enabled} to {@code true}, for instance in
 * {@code junit-platform.properties}. An annotation wins over that.
 *
 * <p><b>On a method that is no test</b>, such as a {@code @BeforeEach} method, it is the limit of that method; but JUnit asks
 * the extension there only if the class has an annotation too, or the test for which it runs, or the parameters above are set.
 *
 * <p><b>What happens.</b> The method runs in a {@link dev.checkrein.CancellationScope} with that deadline, on the thread it would
 * run on anyway: thread locals, transactions and locks are where they belong, and nothing is left running. If the
 * deadline passes, it ends as that class says: with the agent also in an endless loop, without it only where an interrupt ends it.
 * It then fails with a {@link java.util.concurrent.TimeoutException} that names the test and the limit; its cause is what came out
 * of the test, with the stack at which it was found. A test that ends before its deadline passes or fails as ever.
 *
 * <p>JUnit's own {@code @Timeout} may be used beside it: the shorter one acts first, and what JUnit's interrupts cannot end
 * ends at this limit, with JUnit's exception.
 *
 * <p><b>Not covered</b>: constructors, other extensions' callbacks, what makes the arguments of parameterized tests, and what the
 * stream that a factory returns does when it is read.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CancelAfterExtension.class)
public @interface CancelAfter {
    /**
     * The limit, in wall-clock time: as in JUnit's configuration a positive whole number and a unit, {@code ns}, {@code μs},
     * {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}, seconds if there is none, such as {@code 500ms} or
     * {@code 2 s}; or as ISO-8601 has it, such as {@code PT2.5S}. Anything else fails the test, or the class that it stands
     * on, with a message that says so.
     */
    String value();
}
