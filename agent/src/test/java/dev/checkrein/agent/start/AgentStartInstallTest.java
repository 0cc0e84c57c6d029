package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.CancellationError;
import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import dev.checkrein.agent.rewrite.Compiled;
import dev.checkrein.agent.stub.PollStub;
import java.io.ObjectStreamClass;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent started for real in this JVM. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // what does not poll does not end
class AgentStartInstallTest {
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private static final String SHAPED =
            "public class Shaped implements java.io.Serializable { int a; void m() {} static { new Object(); } }";

    private static final Pattern CATASTROPHIC = Pattern.compile("(a|a|aa)+\\1$");

    private static Class<?> originalShaped;

    @BeforeAll
    static void start() throws Exception {
        originalShaped = load("subjects.Shaped", SHAPED);
        // All classes that the expression needs are loaded before the agent could see them.
        assertThat(CATASTROPHIC.matcher("aaa!").matches()).isFalse();
        assertThat(AgentStart.start("include==", INSTRUMENTATION))
                .isEqualTo("include==: \"=\" is no class pattern. Valid ones look like com.acme.Main,"
                        + " com.acme.* (one package) or com.acme.** (with those below)");
        assertThat(PollStub.isDefined()).as("installed although refused").isFalse();
        assertThat(AgentStart.start("include=subjects.**:java.util.regex.*", INSTRUMENTATION))
                .as("what went wrong")
                .isNull();
    }

    @Test
    void putsTheStubIntoJavaBase() throws Exception {
        Class<?> stub = Class.forName("java.lang.CheckreinPoll", false, null);
        assertThat(PollStub.isDefined()).isTrue();
        assertThat(stub.getModule()).isSameAs(Object.class.getModule());
        assertThat(stub.getDeclaredFields())
                .as("fields the application could write")
                .noneMatch(
                        field -> Modifier.isPublic(field.getModifiers()) || Modifier.isProtected(field.getModifiers()));
    }

    @Test
    void isRefusedASecondTime() {
        assertThat(AgentStart.start(null, INSTRUMENTATION))
                .isEqualTo("a Checkrein agent is already installed in this JVM. Name it only once, in -javaagent or"
                        + " JAVA_TOOL_OPTIONS");
    }

    @Test
    void isSeenByTheApi() {
        Checkrein.Status status = Checkrein.status();
        assertThat(status.installed()).isTrue();
        assertThat(status.leftAlone()).isEmpty();
        assertThat(status.classesRewritten())
                .as("at least those of java.util.regex")
                .isPositive();
    }

    @Test
    void countsWhatIsLoadedFromNowOn() throws Exception {
        Checkrein.Status before = Checkrein.status();
        load("subjects.Counted", "public class Counted { static Object f() { while (true) { new Object(); } } }");
        Checkrein.Status after = Checkrein.status();
        assertThat(after.classesRewritten() - before.classesRewritten()).isEqualTo(1);
        assertThat(after.inserted().loops() - before.inserted().loops()).isEqualTo(1);
        assertThat(after.leftAloneCount()).isZero();
    }

    @Test
    void leavesAloneWhatWasNotIncluded() throws Exception {
        Checkrein.Status before = Checkrein.status();
        load("elsewhere.Main", "public class Main { static void f() { while (true) {} } }");
        assertThat(Checkrein.status().classesRewritten()).isEqualTo(before.classesRewritten());
    }

    @Test
    void aRewrittenLoopIsEndedAtItsPollAndShownThere() throws Exception {
        Runnable spinner = (Runnable) load(
                        "subjects.Spinner",
                        "public class Spinner implements Runnable { public void run() { while (true) {} } }")
                .getDeclaredConstructor()
                .newInstance();
        CancellationScope scope = CancellationScope.named("spinner").withDeadline(Duration.ofMillis(20));
        assertThatThrownBy(() -> scope.run(spinner))
                .isExactlyInstanceOf(TimeoutException.class)
                .cause()
                .isExactlyInstanceOf(CancellationError.class)
                .satisfies(error ->
                        assertThat(error.getStackTrace()[0]).hasToString("subjects.Spinner.run(Spinner.java:2)"));
    }

    @Test
    void aClassOfTheJdkThatWasLoadedBeforeIsEndedToo() {
        CancellationScope scope = CancellationScope.named("regex").withDeadline(Duration.ofMillis(20));
        assertThatThrownBy(() -> scope.call(
                        () -> CATASTROPHIC.matcher("a".repeat(60) + "!").matches()))
                .isExactlyInstanceOf(TimeoutException.class)
                .cause()
                .isExactlyInstanceOf(CancellationError.class)
                .satisfies(error ->
                        assertThat(error.getStackTrace()[0].getClassName()).startsWith("java.util.regex."));
    }

    @Test
    void aClassDefinedWithoutANameIsRewrittenToo() throws Exception {
        long before = Checkrein.status().classesRewritten();
        define(null, compiled("subjects.Unnamed", "public class Unnamed { static void f() { while (true) {} } }"));
        assertThat(Checkrein.status().classesRewritten() - before).isEqualTo(1);
    }

    @Test
    void theShapeThatReflectionShowsIsUnchanged() throws Exception {
        Class<?> rewritten = load("subjects.Shaped", SHAPED);
        assertThat(rewritten.getDeclaredMethods()).hasSameSizeAs(originalShaped.getDeclaredMethods());
        assertThat(rewritten.getDeclaredFields()).hasSameSizeAs(originalShaped.getDeclaredFields());
        assertThat(rewritten.getDeclaredConstructors()).hasSameSizeAs(originalShaped.getDeclaredConstructors());
        assertThat(serialVersionUid(rewritten)).isEqualTo(serialVersionUid(originalShaped));
    }

    private static long serialVersionUid(Class<?> c) {
        return ObjectStreamClass.lookup(c).getSerialVersionUID();
    }

    private static Class<?> load(String name, String source) throws Exception {
        return define(name, compiled(name, source));
    }

    private static byte[] compiled(String name, String source) {
        return Compiled.classes(name, "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + source)
                .get(name);
    }

    private static Class<?> define(String name, byte[] classFile) throws Exception {
        return new Loader().define(name, classFile);
    }

    private static final class Loader extends ClassLoader {
        Class<?> define(String name, byte[] classFile) throws ClassNotFoundException {
            Class<?> defined = defineClass(name, classFile, 0, classFile.length);
            return Class.forName(defined.getName(), true, this);
        }
    }
}
