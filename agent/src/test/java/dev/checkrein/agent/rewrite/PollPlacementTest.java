package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where polls stand, in the words of {@link Listing}. */
class PollPlacementTest {
    private static final Set<PollKind> ALL = EnumSet.allOf(PollKind.class);

    @Test
    void everyMethodWithCodePollsAtItsEntry() {
        assertThat(rewritten("static void f() {}", ALL)).isEqualTo("ENTRY return");
        assertThat(rewritten("static int f(int i) { return -i; }", ALL)).isEqualTo("ENTRY ireturn");
    }

    @Test
    void aLoopPollsJustBeforeItJumpsBack() {
        assertThat(rewritten("static void f() { while (true) {} }", Set.of(PollKind.LOOP)))
                .isEqualTo("A: LOOP goto->A");
        assertThat(rewritten("static void f(int n) { do { n--; } while (n > 0); }", Set.of(PollKind.LOOP)))
                .isEqualTo("A: LOOP ifgt->A return");
    }

    /** A {@code try} behind the loop could not give back what the call has taken. */
    @Test
    void aLoopDoesNotPollBetweenACallAndItsJumpBack() {
        assertThat(rewritten(
                        "static void f(java.util.BitSet b) { int n = 0; do { n++; } while (b.get(n)); }",
                        Set.of(PollKind.LOOP)))
                .isEqualTo("A: LOOP get() ifne->A return");
        assertThat(rewritten(
                        "static void f(java.util.BitSet b) { boolean on = false; while (!on) { on = b.get(1); } }",
                        Set.of(PollKind.LOOP)))
                .isEqualTo("A: ifne->B LOOP get() goto->A B: return");
    }

    /** It may be that of a {@code finally}, in which nothing is thrown. */
    @Test
    void aLoopPollsBehindACallThatTakesNothing() {
        assertThat(rewritten("static void f(java.util.BitSet b) { while (true) { b.get(1); } }", Set.of(PollKind.LOOP)))
                .isEqualTo("A: get() LOOP goto->A");
        assertThat(rewritten(
                        "static void f(java.util.BitSet b) { while (true) { b.clear(); } }", Set.of(PollKind.LOOP)))
                .isEqualTo("A: clear() LOOP goto->A");
    }

    @Test
    void everyNestedLoopAndEveryContinuePolls() {
        assertThat(rewritten("""
                        static void f(int n) {
                            while (n > 0) {
                                if (n == 7) { continue; }
                                while (n < 3) { n += 2; }
                                n--;
                            }
                        }
                        """, Set.of(PollKind.LOOP)))
                .isEqualTo(
                        "A: ifle->D if_icmpne->B LOOP goto->A B: if_icmpge->C LOOP goto->B C: LOOP goto->A D: return");
    }

    @Test
    void noForwardJumpPolls() {
        Rewriting rewriting = rewrite("static int f(int n) { return n > 3 ? 1 : 2; }", Set.of(PollKind.LOOP));
        assertThat(rewriting.classFile()).as("a rewritten class").isNull();
    }

    @Test
    void anAllocationPollsBehindIt() {
        assertThat(rewritten("static Object f() { return new Object(); }", Set.of(PollKind.ALLOCATION)))
                .isEqualTo("new-Object ALLOCATION <init>() areturn");
        assertThat(rewritten(
                        "static Object f() { return new Object[] {new int[1], new String[2], new int[3][4]}; }",
                        Set.of(PollKind.ALLOCATION)))
                .isEqualTo("anewarray ALLOCATION newarray ALLOCATION anewarray ALLOCATION multianewarray ALLOCATION"
                        + " areturn");
    }

    @Test
    void aConstructorPollsBeforeItCallsAnother() {
        assertThat(Listing.of(rewrite("Snippet() { super(); }", ALL).classFile(), "<init>"))
                .isEqualTo("ENTRY <init>() return");
    }

    @Test
    void aSynchronizedLoopPollsOutsideTheMonitor() {
        String listing = rewritten(
                "static void f(Object o) { while (true) { synchronized (o) { o.hashCode(); } } }",
                Set.of(PollKind.LOOP));
        assertThat(listing)
                .isEqualTo(
                        "A: monitorenter RETURN hashCode() monitorexit goto->B monitorexit RETURN athrow B: LOOP goto->A");
    }

    @Test
    void aSwitchThatJumpsBackPolls() {
        byte[] classFile = OddClasses.switchInALoop();
        assertThat(Listing.of(
                        Naive.rewriter(Set.of(PollKind.LOOP)).rewrite(classFile).classFile(), "f"))
                .isEqualTo("A: LOOP switch B: return");
    }

    @Test
    void onlyTheChosenKindsAreThere() {
        String code = "static Object f(int n) { while (n > 0) { n--; } return new int[n]; }";
        for (PollKind kind : Set.of(PollKind.LOOP, PollKind.ENTRY, PollKind.ALLOCATION)) {
            Rewriting rewriting = rewrite(code, Set.of(kind));
            for (PollKind other : PollKind.values()) {
                assertThat(Listing.of(rewriting.classFile(), "f").contains(other.name()))
                        .as(other + " where only " + kind + " was asked for")
                        .isEqualTo(kind == other);
                assertThat(rewriting.count(other) > 0).isEqualTo(kind == other);
            }
        }
    }

    private static String rewritten(String members, Set<PollKind> kinds) {
        return Listing.of(rewrite(members, kinds).classFile(), "f");
    }

    private static Rewriting rewrite(String members, Set<PollKind> kinds) {
        return Naive.rewriter(kinds).rewrite(Compiled.snippet(members));
    }
}
