package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;

/** A rewritten class is valid, has one set of polls, and is otherwise what it was. */
class ClassRewriterTest {
    private final ClassRewriter rewriter = Naive.rewriter(EnumSet.allOf(PollKind.class));

    static Stream<Arguments> shapes() {
        Map<String, String> sources = Map.of(
                "uninitialised value on the stack at a branch",
                        "Object f(boolean b) { return new String(b ? \"x\" : \"y\"); }",
                "new at the target of a jump",
                        "Object f(int n) { while (true) { StringBuilder s = new StringBuilder(n > 3 ? \"a\" : \"b\"); if (n++ > 9) { return s; } } }",
                "branch before super()",
                        "Snippet(boolean b) { this(b ? new int[1] : new int[2]); } Snippet(int[] a) {}",
                "synchronized in a loop",
                        "void f(Object o) { for (int i = 0; i < 9; i++) { synchronized (o) { o.hashCode(); } } }",
                "synchronized method", "synchronized void f() { while (hashCode() > 3) { wait0(); } } void wait0() {}",
                "loop at the very beginning", "static void f() { while (true) {} }",
                "finally",
                        "int f(int n) { while (true) { try { n++; } catch (RuntimeException e) { continue; } finally { n--; } } }",
                "switches",
                        "int f(String s) { for (;;) { switch (s) { case \"a\": return 1; case \"b\": continue; default: s += s; } } }",
                "lambda", "Runnable f(int n) { return () -> { for (int i = 0; i < n; i++) { new Object(); } }; }",
                "long and double",
                        "double f(long l, double d) { while (l-- > 0) { d += new double[3].length; } return d; }");
        return Stream.concat(
                sources.entrySet().stream().map(e -> Arguments.of(e.getKey(), Compiled.snippet(e.getValue()))),
                Stream.of(
                        Arguments.of("switch that jumps back", OddClasses.switchInALoop()),
                        Arguments.of("subroutine", OddClasses.subroutine(Opcodes.V1_4))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void givesAValidClass(String shape, byte[] classFile) {
        StringWriter complaints = new StringWriter();
        byte[] rewritten = rewriter.rewrite(classFile).classFile();
        CheckClassAdapter.verify(new ClassReader(rewritten), false, new PrintWriter(complaints));
        assertThat(complaints).asString().isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void givesTheSameForWhatItHasRewritten(String shape, byte[] classFile) {
        Rewriting once = rewriter.rewrite(classFile);
        Rewriting twice = rewriter.rewrite(once.classFile());
        assertThat(twice.classFile()).isEqualTo(once.classFile());
        assertThat(twice.polls()).isEqualTo(once.polls());
    }

    @Test
    void takesOutPollsThatAreNoLongerWanted() {
        byte[] classFile = Compiled.snippet("static void f() { while (true) { new Object(); } }");
        byte[] all = rewriter.rewrite(classFile).classFile();
        byte[] loops = Naive.rewriter(Set.of(PollKind.LOOP)).rewrite(all).classFile();
        assertThat(Listing.of(loops, "f")).contains("LOOP").doesNotContain("ENTRY", "ALLOCATION");
    }

    @Test
    void showsTheLineAndTheParametersAtTheEntryPoll() {
        byte[] classFile = Compiled.snippet("\n\n  static int f(int count, String word) {\n    return count;\n  }");
        MethodNode method = Listing.method(rewriter.rewrite(classFile).classFile(), "f");
        assertThat(method.instructions.get(1))
                .isInstanceOfSatisfying(
                        LineNumberNode.class, node -> assertThat(node.line).isEqualTo(5));
        for (LocalVariableNode variable : method.localVariables) {
            assertThat(method.instructions.indexOf(variable.start))
                    .as(variable.name)
                    .isZero();
        }
        assertThat(method.localVariables).extracting(v -> v.name).containsExactlyInAnyOrder("count", "word");
    }

    @Test
    void leavesAbstractAndNativeMethodsAsTheyAre() {
        Map<String, byte[]> classes = Compiled.classes(
                "Shape",
                "abstract class Shape { abstract int area(); native int id(); int twice() { return 2 * area(); } }");
        Rewriting rewriting = rewriter.rewrite(classes.get("Shape"));
        assertThat(rewriting.count(PollKind.ENTRY))
                .as("constructor and twice()")
                .isEqualTo(2);
        assertThat(rewriting.leftAlone()).isEmpty();
    }

    @Test
    void rewritesDefaultAndStaticMethodsOfInterfaces() {
        byte[] classFile = Compiled.classes(
                        "Role", "interface Role { void play(); default void twice() { play(); } static void f() {} }")
                .get("Role");
        byte[] rewritten = rewriter.rewrite(classFile).classFile();
        assertThat(Listing.of(rewritten, "f")).isEqualTo("ENTRY return");
        assertThat(Listing.of(rewritten, "twice")).isEqualTo("ENTRY play() return");
        assertThat(Listing.of(rewritten, "play")).isEmpty();
    }

    @Test
    void saysWhenThereWasNothingToDo() {
        Rewriting rewriting = rewriter.rewrite(
                Compiled.classes("Mark", "@interface Mark { int value(); }").get("Mark"));
        assertThat(rewriting.classFile()).isNull();
        assertThat(rewriting.polls()).isEmpty();
        assertThat(rewriting.leftAlone()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_2, Opcodes.V1_3, Opcodes.V1_4, Opcodes.V1_5})
    void understandsOldClassesWithSubroutines(int version) {
        Rewriting rewriting =
                Naive.rewriter(Set.of(PollKind.LOOP, PollKind.ENTRY)).rewrite(OddClasses.subroutine(version));
        assertThat(Listing.of(rewriting.classFile(), "f")).isEqualTo("ENTRY A: jsr->B LOOP ifgt->A return B: ret");
    }

    @Test
    void leavesAClassThatIsTooNewAloneAndSaysWhy() {
        byte[] classFile = Compiled.snippet("");
        classFile[6] = 0x7F;
        Rewriting rewriting = rewriter.rewrite(classFile);
        assertThat(rewriting.classFile()).isNull();
        assertThat(rewriting.leftAlone()).singleElement().satisfies(left -> {
            assertThat(left.what()).startsWith("a class of version 325");
            assertThat(left.reason()).matches("class files newer than version \\d+ are not known to this Checkrein");
        });
    }

    @Test
    void refusesWhatIsNoClassFile() {
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, new byte[100]}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rewriter.rewrite(bytes))
                    .withMessage("not a class file");
        }
    }

    @Test
    void givesALargeMethodAsManyPollsAsThereIsRoomForTheMostNeededFirst() {
        Rewriting rewriting = rewriter.rewrite(OddClasses.almostTooLarge());
        assertThat(Listing.of(rewriting.classFile(), "f")).isEqualTo("ENTRY return");
        assertThat(Listing.of(rewriting.classFile(), "big")).startsWith("ENTRY newarray");
        assertThat(rewriting.leftAlone()).singleElement().satisfies(left -> {
            assertThat(left.what()).isEqualTo("Odd.big()V");
            assertThat(left.reason()).matches("\\d+ polls left out: the method would become too large");
        });
        assertThat(rewriting.count(PollKind.ALLOCATION)).isPositive();
    }

    @Test
    void leavesTheGivenBytesAsTheyAre() {
        byte[] classFile = Compiled.snippet("static void f() { while (true) {} }");
        byte[] before = Arrays.copyOf(classFile, classFile.length);
        rewriter.rewrite(classFile);
        assertThat(classFile).isEqualTo(before);
    }
}
