package dev.checkrein.agent.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.agent.rewrite.PollKind;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** Arming all entries is for good. */
class AllEntriesInstallTest {
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    @Test
    void meansThoseOfShardsToComeToo() throws Throwable {
        PollStub main = PollStub.define(INSTRUMENTATION, false);
        List<Integer> taken = new ArrayList<>();
        main.slowPath(taken::add);
        ShardedPolls polls = new ShardedPolls(INSTRUMENTATION, main, (what, why) -> {
            throw new AssertionError(what + " " + why);
        });
        assertThat(polls.canBeArmed()).isTrue();
        polls.stubOf("com/acme/Before");
        polls.armAllEntries();
        polls.stubOf("com/acme/After");
        main.pending(true);
        for (String name : List.of("com.acme.Before", "com.acme.After")) {
            taken.clear();
            ShardedPollsInstallTest.poll(ShardedPolls.stubName(name), PollKind.ENTRY)
                    .invoke();
            assertThat(taken).as(name).containsExactly(PollKind.ENTRY.code());
        }
    }
}
