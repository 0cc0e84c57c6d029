package dev.checkrein.agent.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** Finds the flags of the JVM that it is in. What setting them does is shown by stops under each collector. */
class CountedLoopsInstallTest {
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    @Test
    void keepsPolls() {
        assertThat(CountedLoops.keepPolls(INSTRUMENTATION)).isTrue();
        assertThat(CountedLoops.keepPolls(INSTRUMENTATION)).isTrue();
    }

    @Test
    void readsFlags() throws Exception {
        JvmFlags flags = JvmFlags.find(INSTRUMENTATION, "UseCompiler", "CompileThreshold");
        assertThat(flags.isSet("UseCompiler")).isTrue();
        assertThat(flags.number("CompileThreshold")).isPositive();
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatThrownBy(() -> JvmFlags.find(INSTRUMENTATION, "NoSuchFlagInAnyJvm"))
                .isInstanceOf(NoSuchFieldException.class)
                .hasMessageContaining("NoSuchFlagInAnyJvm");
    }
}
