package dev.checkrein.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFilterTest {
    private static final Module JAVA_BASE = Object.class.getModule();
    private static final Module JAVA_XML =
            ModuleLayer.boot().findModule("java.xml").orElseThrow();
    private static final ClassLoader APPLICATION = ClassFilterTest.class.getClassLoader();
    private static final Module UNNAMED = APPLICATION.getUnnamedModule();

    @Test
    void twoStarsMeanAllOfTheApplicationAndNothingOfTheJdk() {
        ClassFilter filter = filter("**", "");
        assertThat(ofApplication(filter, "com.acme.Main")).isTrue();
        assertThat(ofApplication(filter, "Main")).isTrue();
        assertThat(ofJdk(filter, "java.util.regex.Pattern")).isFalse();
        assertThat(filter.selects("javax.xml.parsers.SAXParser", JAVA_XML, null))
                .isFalse();
    }

    @Test
    void theJdkIsMatchedByPatternsThatBeginWithItsNames() {
        ClassFilter filter = filter("java.util.regex.*:com.sun.**:org.xml.sax.**", "");
        assertThat(ofJdk(filter, "java.util.regex.Pattern")).isTrue();
        assertThat(ofJdk(filter, "java.util.regex.Pattern$Loop")).isTrue();
        assertThat(ofJdk(filter, "java.util.ArrayList")).isFalse();
        assertThat(filter.selects("com.sun.org.apache.xerces.X", JAVA_XML, null))
                .isTrue();
        assertThat(filter.selects("org.xml.sax.Parser", JAVA_XML, null)).isTrue();
        assertThat(ofApplication(filter, "com.acme.Main"))
                .as("the default is replaced")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "**.Pattern", "java**", "j*.util.regex.Pattern", "*.util.regex.*"})
    void theJdkIsNotMatchedByOthers(String pattern) {
        assertThat(ofJdk(filter(pattern, ""), "java.util.regex.Pattern")).isFalse();
    }

    @Test
    void javaxInTheApplicationIsTheApplications() {
        assertThat(ofApplication(filter("**", ""), "javax.servlet.Servlet")).isTrue();
    }

    @Test
    void whatIsOnTheBootClassPathIsTheJdks() {
        ClassFilter filter = filter("**", "");
        assertThat(filter.selects(
                        "other.agent.Boot", ClassLoader.getSystemClassLoader().getUnnamedModule(), null))
                .isFalse();
    }

    @Test
    void excludeWins() {
        ClassFilter filter = filter("com.acme.**", "com.acme.gen.*:com.acme.Main");
        assertThat(ofApplication(filter, "com.acme.Other")).isTrue();
        assertThat(ofApplication(filter, "com.acme.Main")).isFalse();
        assertThat(ofApplication(filter, "com.acme.Main$Inner")).isFalse();
        assertThat(ofApplication(filter, "com.acme.gen.A")).isFalse();
        assertThat(ofApplication(filter, "com.acme.gen.sub.A")).isTrue();
        assertThat(ofJdk(filter("java.**", "**"), "java.util.ArrayList"))
                .as("an exclusion needs no name of the JDK's")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.CheckreinPoll",
                "java.lang.Object",
                "java.lang.Thread",
                "java.lang.Thread$State",
                "java.lang.VirtualThread",
                "java.lang.ThreadLocal$ThreadLocalMap",
                "java.lang.StackWalker",
                "java.lang.ref.Reference",
                "java.lang.invoke.MethodHandle",
                "jdk.internal.misc.Unsafe",
                "sun.instrument.InstrumentationImpl"
            })
    void someOfTheJdkIsNeverRewritten(String className) {
        assertThat(ofJdk(filter("java.**:jdk.**:sun.**", ""), className)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.checkrein.CancellationScope",
                "dev.checkrein.CancellationToken$Registration",
                "dev.checkrein.internal.cancel.SlowPath",
                "dev.checkrein.agent.start.AgentStart",
                "dev.checkrein.agent.shaded.asm.ClassReader"
            })
    void checkreinItselfIsNeverRewritten(String className) {
        assertThat(ofApplication(filter("**:" + className, ""), className)).isFalse();
    }

    @Test
    void othersBesideCheckreinAre() {
        ClassFilter filter = filter("**", "");
        assertThat(ofApplication(filter, "dev.checkrein.samples.Host")).isTrue();
        assertThat(ofApplication(filter, "dev.checkreins.Main")).isTrue();
    }

    private static ClassFilter filter(String include, String exclude) {
        return new ClassFilter(patterns(include), patterns(exclude));
    }

    private static List<ClassPattern> patterns(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(":")).map(ClassPattern::parse).toList();
    }

    private static boolean ofApplication(ClassFilter filter, String className) {
        return filter.selects(className, UNNAMED, APPLICATION);
    }

    private static boolean ofJdk(ClassFilter filter, String className) {
        return filter.selects(className, JAVA_BASE, null);
    }
}
