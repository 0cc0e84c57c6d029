package dev.checkrein.it.programs.junit;

import dev.checkrein.junit5.CancelAfter;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What can be ended without the agent. */
@CancelAfter("1s")
@TestMethodOrder(MethodOrderer.MethodName.class)
class Sleeping {
    @Test
    void a1Sleeps() throws Exception {
        Endless.sleep(); // the subject
    }

    @Test
    void a2Follows() {}
}
