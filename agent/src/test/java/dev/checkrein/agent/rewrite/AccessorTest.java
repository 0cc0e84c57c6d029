package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which methods go without a poll at their entry. The names of the methods say what is expected of them. */
class AccessorTest {
    private static final String SOURCE = """
            public class Sample {
                private int x;
                private Object o;
                private static final int[] TABLE = {1, 2, 3};

                Sample() {}                                                      // free
                Sample(int x, Object o) { this.x = x; this.o = o; }              // free
                Sample(long polls) { this(1, null); }                            // calls another constructor
                Sample(Sample polls) { polls.x = 1; }                            // writes another object

                int freeGetter() { return x; }
                static int freeConstant() { return 42; }
                int freeArithmetic(int a) { int b = a * 3; b++; return b ^ x; }
                boolean freeBranches(int a) { return a > 3 && x == 7 || o == null; }
                int freeSwitch(int a) { switch (a) { case 1: return 5; case 2: return 9; default: return x; } }
                boolean freeType(Object a) { return a instanceof String || a.getClass() == o; }
                int freeTable(int i) { return TABLE[i]; }
                static int freePure(String s) { return Math.max(s.length(), 3); }

                void pollsSetter(int a) { x = a; }
                void pollsElement(int[] a) { a[0] = 1; }
                int pollsCall() { return freeGetter(); }                         // may be overridden
                int freeCallOfPrivate() { return inner() + freeConstant(); }
                private int inner() { return x; }
                int pollsCallOfLoop() { return loops(3); }
                private static int loops(int n) { int s = 0; while (n > s) { s += 2; } return s; }
                int pollsCallOfCall() { return calls(); }
                private int calls() { return inner(); }
                int pollsCallOfSynchronized() { return locks(); }
                private synchronized int locks() { return x; }
                synchronized int pollsSynchronized() { return x; }
                static boolean freePrimitives(char[] a, char[] b) { return java.util.Arrays.equals(a, b); }
                static boolean pollsObjects(Object[] a, Object[] b) { return java.util.Arrays.equals(a, b); }
                int pollsRecursion(int n) { return n < 2 ? n : pollsRecursion(n - 1); }
                Object pollsAllocation() { return new Object(); }
                static int pollsUnknown(Object a) { return a.hashCode(); }
                int freeLoop(int n) { int s = 0; while (n > s) { s += 2; } return s; }
                void pollsThrow() { throw null; }
                void pollsMonitor() { synchronized (this) { } }
                int freeCatch(int a) { try { return a / x; } catch (ArithmeticException e) { return 0; } }
                static Runnable pollsLambda() { return () -> {}; }
            }
            """;

    private static final Map<String, Boolean> POLLS = new TreeMap<>();

    @BeforeAll
    static void rewrite(@TempDir Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("Sample.java"), SOURCE);
        StringWriter messages = new StringWriter();
        PrintWriter log = new PrintWriter(messages);
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(log, log, "--release", "17", "-d", folder.toString(), source.toString());
        assertThat(result).as(messages::toString).isZero();
        RewriteOptions options = new RewriteOptions(EnumSet.allOf(PollKind.class), true, name -> true);
        byte[] rewritten = new ClassRewriter(options)
                .rewrite(Files.readAllBytes(folder.resolve("Sample.class")))
                .classFile();
        ClassNode node = new ClassNode();
        new ClassReader(rewritten).accept(node, 0);
        for (MethodNode method : node.methods) {
            POLLS.put(method.name + method.desc, pollsAtEntry(method));
        }
    }

    private static boolean pollsAtEntry(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && call.name.equals(PollKind.ENTRY.stubMethod())) {
                return true;
            }
        }
        return false;
    }

    @Test
    void simpleCodeGoesFree() {
        assertThat(POLLS).containsEntry("<init>()V", false).containsEntry("<init>(ILjava/lang/Object;)V", false);
        assertThat(named("free")).hasSize(12).doesNotContainValue(true);
    }

    @Test
    void everythingElsePolls() {
        assertThat(POLLS)
                .containsEntry("<init>(J)V", true)
                .containsEntry("<init>(LSample;)V", true)
                .containsEntry("lambda$pollsLambda$0()V", true);
        assertThat(named("polls")).hasSize(14).doesNotContainValue(false);
    }

    private static Map<String, Boolean> named(String prefix) {
        Map<String, Boolean> named = new TreeMap<>(POLLS);
        named.keySet().removeIf(name -> !name.startsWith(prefix));
        return named;
    }
}
