package dev.checkrein.it.programs.junit;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Knows nothing of limits. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class Unannotated {
    @Test
    void a1Spins() {
        Endless.spin();
    }

    @Test
    void a2Follows() {}
}
