package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;

/** Each call of a method with a scope enters once and leaves once, by whichever way, and otherwise does what it did. */
class ScopeInserterTest {
    private final RecordedScopes all = new RecordedScopes(null);

    @BeforeEach
    void reset() {
        RecordedScopes.reset();
    }

    private static ClassRewriter rewriter(Set<PollKind> polls, RecordedScopes scopes) {
        return new ClassRewriter(new RewriteOptions(
                polls, true, name -> false, name -> PollKind.STUB, scopes, (owner, method) -> false));
    }

    private Rewriting rewrite(byte[] classFile) {
        return rewriter(EnumSet.allOf(PollKind.class), all).rewrite(classFile);
    }

    private static Object run(byte[] rewritten, String name, Object... arguments) throws Throwable {
        String className = new ClassReader(rewritten).getClassName();
        Class<?> type = new InMemoryLoader(Map.of(className, RecordedScopes.in(rewritten))).loadClass(className);
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name) && !method.isBridge()) {
                method.setAccessible(true);
                try {
                    return method.invoke(null, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
        throw new AssertionError("no method " + name);
    }

    private Object runSnippet(String members, Object... arguments) throws Throwable {
        return run(rewrite(Compiled.snippet(members)).classFile(), "f", arguments);
    }

    static Stream<Arguments> returning() {
        return Stream.of(
                Arguments.of("static void f(int n) {}", null),
                Arguments.of("static boolean f(int n) { return n > 0; }", true),
                Arguments.of("static int f(int n) { if (n > 2) { return n; } return -n; }", 7),
                Arguments.of("static long f(int n) { long l = 1; while (n-- > 0) { l *= 2; } return l; }", 128L),
                Arguments.of("static double f(int n) { return n == 7 ? 0.5 : -1; }", 0.5),
                Arguments.of("static Object f(int n) { return new String(n > 3 ? \"a\" : \"b\"); }", "a"),
                Arguments.of("static int f(int n) { synchronized (Snippet.class) { return n; } }", 7),
                Arguments.of("static synchronized int f(int n) { return n; }", 7),
                Arguments.of(
                        "static int f(int n) { try { return n / 0; } catch (ArithmeticException e) { return 3; } }", 3),
                Arguments.of("static int f(int n) { try { return n; } finally { n++; } }", 7),
                Arguments.of(
                        "static int f(int n) { while (true) { try { if (n++ > 9) { return n; } } catch (RuntimeException e) { continue; } finally { n++; } } }",
                        12),
                Arguments.of(
                        "static String f(int n) { switch (n) { case 1: return \"x\"; case 7: return \"y\"; default: return \"z\"; } }",
                        "y"),
                Arguments.of(
                        "static int f(int n) throws Exception { try (java.io.StringReader r = new java.io.StringReader(\"abc\")) { return r.read(); } }",
                        (int) 'a'));
    }

    @ParameterizedTest
    @MethodSource("returning")
    void entersAndLeavesAMethodThatReturns(String members, Object result) throws Throwable {
        assertThat(runSnippet(members, 7)).isEqualTo(result);
        assertThat(RecordedScopes.events())
                .hasSize(2)
                .startsWith("enter " + numberOf("f("))
                .endsWith("exit");
    }

    private int numberOf(String start) {
        for (int i = 0; i < all.methods().size(); i++) {
            if (all.methods().get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError(start + " is not in " + all.methods());
    }

    @ParameterizedTest
    @MethodSource("returning")
    void whatIsThrownOnTheWayOutLeavesTheMethodWhateverItCatches(String members, Object result) {
        IllegalStateException thrown = new IllegalStateException("ended");
        RecordedScopes.throwAtExit(thrown);
        assertThat(catchThrowable(() -> runSnippet(members, 7))).isSameAs(thrown);
        assertThat(RecordedScopes.events()).hasSize(2).endsWith("exit");
    }

    @ParameterizedTest
    @MethodSource("returning")
    void givesAValidClass(String members, Object result) {
        StringWriter complaints = new StringWriter();
        byte[] rewritten = rewrite(Compiled.snippet(members)).classFile();
        CheckClassAdapter.verify(new ClassReader(rewritten), false, new PrintWriter(complaints));
        assertThat(complaints).asString().isEmpty();
    }

    @ParameterizedTest
    @MethodSource("returning")
    void givesTheSameForWhatItHasRewritten(String members, Object result) {
        byte[] once = rewrite(Compiled.snippet(members)).classFile();
        assertThat(Listing.of(rewrite(once).classFile(), "f")).isEqualTo(Listing.of(once, "f"));
        byte[] none = Naive.rewriter(Set.of()).rewrite(once).classFile();
        assertThat(Listing.of(none, "f")).doesNotContain("enter()", "exit()", "failed()");
        assertThat(Listing.method(none, "f").tryCatchBlocks)
                .hasSizeLessThanOrEqualTo(
                        Listing.method(once, "f").tryCatchBlocks.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static void f() { throw new IllegalArgumentException(\"mine\"); }",
                "static int f() { int[] none = null; return none == null ? g() : 0; } static int g() { throw new IllegalArgumentException(\"mine\"); }",
                "static synchronized void f() { throw new IllegalArgumentException(\"mine\"); }",
                "static void f() { synchronized (Snippet.class) { throw new IllegalArgumentException(\"mine\"); } }",
                "static int f() { try { throw new IllegalStateException(); } finally { throw new IllegalArgumentException(\"mine\"); } }",
                "static int f() { while (true) { if (Snippet.class != null) { throw new IllegalArgumentException(\"mine\"); } } }"
            })
    void leavesAMethodThatThrows(String members) {
        RecordedScopes scopes = new RecordedScopes("f");
        byte[] rewritten = rewriter(EnumSet.allOf(PollKind.class), scopes)
                .rewrite(Compiled.snippet(members))
                .classFile();
        assertThat(catchThrowable(() -> run(rewritten, "f")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("mine");
        assertThat(RecordedScopes.events()).containsExactly("enter 0", "failed mine");
        RecordedScopes.replaceWhatIsThrown();
        assertThat(catchThrowable(() -> run(rewritten, "f")))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("instead");
    }

    @Test
    void aMethodThatCallsItselfEntersEachTime() throws Throwable {
        assertThat(runSnippet("static int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }", 2))
                .isEqualTo(2);
        String enter = "enter " + numberOf("f(");
        assertThat(RecordedScopes.events()).containsExactly(enter, enter, enter, "exit", "exit", "exit");
    }

    @Test
    void onlyMethodsThatSomebodyHasWrittenHaveOne() {
        Map<String, byte[]> classes = Compiled.classes(
                "Shape",
                "abstract class Shape implements Comparable<Shape> { static int count; static { count++; } Shape() {} abstract int area();"
                        + " native int id(); public int compareTo(Shape o) { Runnable r = () -> count++; return 0; } }");
        Rewriting rewriting = rewrite(classes.get("Shape"));
        assertThat(all.methods()).containsExactly("compareTo(LShape;)I");
        assertThat(rewriting.scopes()).isEqualTo(1);
        assertThat(rewriting.leftAlone()).isEmpty();
    }

    @Test
    void methodsOfInterfacesHaveOneToo() throws Throwable {
        byte[] classFile = Compiled.classes(
                        "Role",
                        "interface Role { void play(); default void twice() { play(); } static int f() { return 3; } }")
                .get("Role");
        assertThat(run(rewrite(classFile).classFile(), "f")).isEqualTo(3);
        assertThat(all.methods()).containsExactly("twice()V", "f()I");
        assertThat(RecordedScopes.events()).containsExactly("enter 1", "exit");
    }

    @Test
    void knowsWhoMayThrowATimeoutException() {
        rewrite(Compiled.snippet("void a() throws java.util.concurrent.TimeoutException {} void b() throws Exception {}"
                + " void c() throws Throwable {} void d() throws java.io.IOException {} void e() {}"));
        assertThat(all.methods()).containsExactly("a()V throws", "b()V throws", "c()V throws", "d()V", "e()V");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abstract class Shape { abstract int area(); }",
                "abstract class Shape { native int area(); }",
                "class Shape { int size() { return 0; } }",
                "interface Shape { int area(); }"
            })
    void aMethodThatWasNamedAndIsNotThereIsReported(String source) {
        Rewriting rewriting = rewriter(Set.of(), new RecordedScopes("area"))
                .rewrite(Compiled.classes("Shape", source).get("Shape"));
        assertThat(rewriting.scopes()).isZero();
        assertThat(rewriting.leftAlone())
                .containsExactly(
                        new Rewriting.LeftAlone(
                                "Shape.area",
                                "no scope: there is no such method with code in the class; those that implement it have theirs"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5})
    void understandsOldClassesWithSubroutines(int version) throws Throwable {
        run(rewrite(OddClasses.subroutine(version)).classFile(), "f", 3);
        assertThat(RecordedScopes.events()).containsExactly("enter 0", "exit");
    }

    @Test
    void understandsCodeThatNoCompilerWrites() throws Throwable {
        assertThat(run(rewrite(OddClasses.obfuscated()).classFile(), "if (while)", 2))
                .isEqualTo(-1);
        assertThat(RecordedScopes.events()).containsExactly("enter 0", "exit");
        RecordedScopes.reset();
        IllegalStateException thrown = new IllegalStateException("ended");
        RecordedScopes.throwAtExit(thrown);
        assertThat(catchThrowable(() -> run(rewrite(OddClasses.obfuscated()).classFile(), "if (while)", 2)))
                .as("its own ranges cover its returns")
                .isSameAs(thrown);
        assertThat(RecordedScopes.events()).containsExactly("enter 0", "exit");
    }

    @Test
    void jumpsThatAreLongAreLonger() throws Throwable {
        for (int version : new int[] {Opcodes.V1_5, Opcodes.V17}) {
            byte[] rewritten = rewrite(OddClasses.longJump(version, 40_000)).classFile();
            RecordedScopes.reset();
            assertThat(run(rewritten, "f", 5)).isEqualTo(5);
            assertThat(RecordedScopes.events()).containsExactly("enter 0", "exit");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7_970, 7_981, 7_987, 7_999, 65_520})
    void noMethodBecomesTooLarge(int size) {
        Rewriting rewriting = rewriter(Set.of(PollKind.ALLOCATION), all).rewrite(OddClasses.switches(size));
        int limit = size < 8_000 ? 8_000 : 65_535;
        int length = CodeLengths.of(
                new ClassReader(rewriting.classFile() != null ? rewriting.classFile() : OddClasses.switches(size)))[0];
        assertThat(length).isLessThanOrEqualTo(limit);
        assertThat(rewriting.leftAlone())
                .extracting(Rewriting.LeftAlone::reason)
                .contains("no scope: the method would become too large");
        assertThat(rewriting.scopes()).isZero();
    }

    @Test
    void aScopeComesBeforePolls() {
        Rewriting rewriting = rewriter(Set.of(PollKind.ALLOCATION), all).rewrite(OddClasses.switches(7_700));
        assertThat(rewriting.scopes()).isEqualTo(1);
        assertThat(CodeLengths.of(new ClassReader(rewriting.classFile()))[0]).isLessThanOrEqualTo(8_000);
    }

    @Test
    void pollsAreInsideAndTheLineIsShown() {
        byte[] rewritten = rewrite(Compiled.snippet("static void f() {\n while (true) { new Object(); }\n}"))
                .classFile();
        assertThat(Listing.of(rewritten, "f")).startsWith("enter() ENTRY").endsWith("failed() athrow");
        MethodNode method = Listing.method(rewritten, "f");
        assertThat(method.instructions.get(1))
                .isInstanceOfSatisfying(
                        LineNumberNode.class, node -> assertThat(node.line).isEqualTo(3));
        assertThat(method.tryCatchBlocks).hasSize(1);
        assertThat(method.instructions.indexOf(method.tryCatchBlocks.get(0).start))
                .as("before the poll at the entry")
                .isLessThan(6);
    }

    @Test
    void cleanupIsFoundWhereItIs() {
        byte[] plain = Compiled.snippet("static int f(int n) { try { return n; } finally { while (n > 0) { n--; } } }");
        int[] without =
                Naive.rewriter(Set.of(PollKind.LOOP)).rewrite(plain).cleanup().get("f(I)I");
        Rewriting rewriting = rewriter(Set.of(PollKind.LOOP), all).rewrite(plain);
        int[] with = rewriting.cleanup().get("f(I)I");
        assertThat(with).hasSameSizeAs(without);
        assertThat(with[0] - without[0]).as("the entry's bytes").isEqualTo(5);
        assertThat(List.of(rewriting.scopes())).containsExactly(1);
    }
}
