package dev.checkrein.agent.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** The flags that all polls read share no cache line with anything that is written all the time. */
class FlagsInstallTest {
    /** Two lines: processors fetch them in pairs. */
    private static final long APART = 128;

    @Test
    void standApart() throws Exception {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        PollStub.define(instrumentation, false);
        Class<?> flags = Class.forName("java.lang.CheckreinPoll$Flags", false, null);
        Class<?> type =
                Class.forName("sun.misc.Unsafe"); // by reflection: to name it is a warning that cannot be suppressed
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        Method offset = type.getMethod("objectFieldOffset", Field.class);
        Object some = type.getMethod("allocateInstance", Class.class).invoke(unsafe, flags);
        long size = instrumentation.getObjectSize(some);
        assertThat(flags.getDeclaredFields()).hasSize(3);
        for (Field flag : flags.getDeclaredFields()) {
            assertThat((Long) offset.invoke(unsafe, flag)).as("%s", flag).isBetween(APART, size - APART);
        }
    }
}
