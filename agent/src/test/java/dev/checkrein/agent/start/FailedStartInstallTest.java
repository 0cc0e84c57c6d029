package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.Checkrein;
import dev.checkrein.agent.stub.PollStub;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An agent that cannot start says why and leaves no transformer behind. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailedStartInstallTest {
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private final List<ClassFileTransformer> installed = new ArrayList<>();

    @Test
    @Order(1)
    void becauseJavaBaseStaysClosed() {
        Instrumentation closed = instrumentation((method, arguments) -> {
            if (method.equals("redefineModule")) {
                throw new UnsupportedOperationException("not in this JVM");
            }
        });
        assertThat(AgentStart.start(null, closed))
                .startsWith("this JVM (")
                .contains("does not let the agent put its poll into java.base: ")
                .contains("not in this JVM")
                .endsWith("Use a HotSpot JVM of version 17 to 25");
        assertThat(PollStub.isDefined()).isFalse();
        assertThat(installed).isEmpty();
    }

    @Test
    @Order(2)
    void becauseAnotherAgentUndoesWhatItDoes() {
        Instrumentation undone = instrumentation((method, arguments) -> {
            if (method.equals("addTransformer")) {
                installed.add((ClassFileTransformer) arguments[0]);
                arguments[0] = new Undone((ClassFileTransformer) arguments[0]);
            } else if (method.equals("removeTransformer")) {
                installed.remove((ClassFileTransformer) arguments[0]);
            }
        });
        String failure = AgentStart.start(null, undone);
        assertThat(failure).startsWith("the self-test failed: a rewritten class does not poll. Another agent");
        assertThat(installed).as("transformers left behind").isEmpty();
        assertThat(Checkrein.isInstalled()).isFalse();
    }

    /** The real one, where the test sees each call first. */
    private Instrumentation instrumentation(Watcher watcher) {
        return (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    watcher.called(method.getName(), arguments);
                    try {
                        return method.invoke(INSTRUMENTATION, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface Watcher {
        void called(String method, Object[] arguments);
    }

    /** A transformer whose work comes to nothing. */
    private static final class Undone implements ClassFileTransformer {
        private final ClassFileTransformer done;

        Undone(ClassFileTransformer done) {
            this.done = done;
        }

        @Override
        public byte[] transform(
                Module module,
                ClassLoader loader,
                String name,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] classFile)
                throws IllegalClassFormatException {
            done.transform(module, loader, name, redefined, domain, classFile);
            return null;
        }
    }
}
