package dev.checkrein.agent.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.internal.bridge.PollCode;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** What a poll costs is found out by polling. */
class PollCostInstallTest {
    @Test
    void isAFewNanosecondsAndLeavesTheCountsAsTheyWere() throws Exception {
        PollStub stub = PollStub.define(ByteBuddyAgent.install(), true);
        PollCost cost = new PollCost(stub);
        assertThat(stub.executed()).containsOnly(PollCost.pollsOfEachKind());
        stub.forget(PollCost.pollsOfEachKind());
        assertThat(stub.executed()).containsOnly(0);
        for (int code = 0; code < PollCode.COUNT; code++) {
            assertThat(cost.nanos(code))
                    .as("nanoseconds of a poll, code " + code)
                    .isBetween(0.01, 1_000.0);
        }
    }
}
