package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.InputStream;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** A {@code new} right behind {@code monitorenter}: no poll may come between it and the label that stack maps know it by. */
class ReturnPollBesideNewTest {
    /** As in {@code java.security.Policy.setPolicy} of JDK 17. */
    static final class Subject {
        private static Object made;

        private Subject() {}

        static Object make(Object argument) {
            synchronized (Subject.class) {
                made = new StringBuilder(argument == null ? "none" : "one");
            }
            return made;
        }
    }

    @Test
    void staysVerifiable() throws Exception {
        Rewriting rewriting = new ClassRewriter(new RewriteOptions(EnumSet.allOf(PollKind.class), true, name -> false))
                .rewrite(classFile());
        assertThat(rewriting.count(PollKind.RETURN)).isPositive();
        Class<?> rewritten = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define(byte[] classFile) {
                return defineClass(Subject.class.getName(), classFile, 0, classFile.length);
            }
        }.define(rewriting.classFile());
        // Links it, which verifies it, and does not run it: there is no poll here to call.
        assertThatCode(rewritten::getDeclaredConstructors).doesNotThrowAnyException();
    }

    private static byte[] classFile() throws Exception {
        try (InputStream in = Subject.class.getResourceAsStream("ReturnPollBesideNewTest$Subject.class")) {
            return in.readAllBytes();
        }
    }
}
