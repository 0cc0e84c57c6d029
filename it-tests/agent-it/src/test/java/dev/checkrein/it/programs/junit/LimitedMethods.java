package dev.checkrein.it.programs.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.checkrein.junit5.CancelAfter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Every other test never ends by itself. In between are those that would notice what an end has left on the thread. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class LimitedMethods {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    @BeforeAll
    static void mark() {
        LOCAL.set("set before all");
        checkThread(); // and loads what it needs, while nobody's time is short
    }

    @Test
    @CancelAfter("200ms")
    void a1Spins() {
        checkThread();
        Endless.spin();
    }

    @Test
    void a2Follows() {
        checkThread();
    }

    @Test
    @CancelAfter("200ms")
    void b1Swallows() {
        Endless.swallow();
    }

    @Test
    @CancelAfter("1h")
    void b2EndsInTime() {
        checkThread();
    }

    @Test
    @CancelAfter("200ms")
    void c1Sleeps() throws Exception {
        Endless.sleep(); // the subject
    }

    @Test
    @CancelAfter("1h")
    void c2FailsItself() {
        throw new IllegalStateException("of its own");
    }

    /** Adds itself to the failure of a test that was ended, which is not what is expected of it then. */
    @AfterEach
    void nothingIsLeft() {
        checkThread();
    }

    private static void checkThread() {
        assertEquals("set before all", LOCAL.get());
        assertEquals("main", Thread.currentThread().getName());
        assertFalse(Thread.currentThread().isInterrupted(), "interrupted");
    }
}
