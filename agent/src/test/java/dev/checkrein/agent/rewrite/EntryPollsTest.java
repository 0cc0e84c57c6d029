package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a method polls on its way in, in the words of {@link Listing}. */
class EntryPollsTest {
    @Test
    void atTheBeginningIfEveryWayDoesSomething() {
        assertThat(rewritten("static void f(int n) { if (n > 0) { g(); } else { g(); g(); } } static native void g();"))
                .startsWith("ENTRY ifle");
        assertThat(rewritten("int x; void f(int n) { x = n; }")).isEqualTo("ENTRY return");
    }

    @Test
    void onlyWhereTheCachedValueIsMissing() {
        assertThat(rewritten("static Object o; static Object f() { if (o == null) { o = g(); } return o; }"
                        + " static native Object g();"))
                .isEqualTo("ifnonnull->A ENTRY g() A: areturn");
    }

    @Test
    void behindTheGuard() {
        assertThat(rewritten("static boolean f(Object a, Object b) { if (a == b) { return true; }"
                        + " if (a == null) { return false; } return a.equals(b); }"))
                .isEqualTo("if_acmpne->A ireturn A: ifnonnull->B ireturn B: ENTRY equals() ireturn");
    }

    @Test
    void neverInALoop() {
        assertThat(rewritten("static void f(int n) { if (n < 0) { return; } while (n > 0) { n--; g(); } }"
                        + " static native void g();"))
                .startsWith("ENTRY ifge->A return A: ");
    }

    @Test
    void neverInARangeThatWouldCatchWhatItThrows() {
        assertThat(rewritten("static void f(int n) { if (n < 0) { return; }"
                        + " try { g(); } catch (RuntimeException e) { g(); } } static native void g();"))
                .startsWith("ENTRY ifge->A return A: ");
    }

    @Test
    void aLambdaAtItsBeginningThoughItDoesNothing() {
        byte[] classFile =
                Compiled.snippet("static java.util.function.IntPredicate f() { return n -> n > 0 && n % 3 == 0; }");
        assertThat(Listing.of(rewriter().rewrite(classFile).classFile(), "lambda$f$0"))
                .startsWith("ENTRY ");
    }

    private static String rewritten(String members) {
        return Listing.of(rewriter().rewrite(Compiled.snippet(members)).classFile(), "f");
    }

    private static ClassRewriter rewriter() {
        return new ClassRewriter(new RewriteOptions(Set.of(PollKind.ENTRY), true, name -> true));
    }
}
