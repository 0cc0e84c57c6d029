package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** What no compiler of today writes, or what only very large methods have, is rewritten, links and does the same. */
class OddShapesTest {
    private static final int LARGEST_METHOD = 65_535;
    private static final int HUGE_METHOD = 8_000;

    private final ClassRewriter rewriter = Naive.rewriter(EnumSet.allOf(PollKind.class));

    @Test
    void aLoopBeforeSuperPollsAndIsCleanup() throws Exception {
        Rewriting rewriting = rewriter.rewrite(OddClasses.loopBeforeSuper());
        assertThat(Listing.of(rewriting.classFile(), "<init>")).isEqualTo("ENTRY A: LOOP ifgt->A <init>() return");
        int[] cleanup = rewriting.cleanup().get("<init>(I)V");
        assertThat(cleanup[0]).as("from the entry").isZero();
        int jump = 3 + 1 + 3 + 1 + 3; // poll, nop, iinc, iload, poll
        assertThat(cleanup[1]).as("to super()").isGreaterThan(jump);
        CountingPolls.reset();
        load(rewriting.classFile()).getConstructor(int.class).newInstance(5);
        assertThat(CountingPolls.polls()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_5, Opcodes.V17})
    void aJumpThatBecomesTooLongForItsInstruction(int version) throws Exception {
        byte[] original = OddClasses.longJump(version, 32_740);
        Rewriting rewriting = rewriter.rewrite(original);
        assertThat(rewriting.leftAlone()).isEmpty();
        assertThat(rewriting.cleanup().get("f(I)I"))
                .as("positions are not known where the method was written twice")
                .containsExactly(0, Integer.MAX_VALUE);
        Method f = load(rewriting.classFile()).getMethod("f", int.class);
        CountingPolls.reset();
        assertThat(f.invoke(null, 0)).isEqualTo(0);
        assertThat(f.invoke(null, 7)).isEqualTo(7);
        assertThat(CountingPolls.polls()).isGreaterThan(8_000);
    }

    /** Where a switch stands decides how long it is. */
    @Test
    void noMethodCrossesTheLimitOfTheJit() {
        for (int size = HUGE_METHOD - 60; size <= HUGE_METHOD; size++) {
            byte[] original = OddClasses.switches(size);
            Rewriting rewriting = rewriter.rewrite(original);
            byte[] result = rewriting.classFile() == null ? original : rewriting.classFile();
            assertThat(length(result)).as("of %d", size).isLessThanOrEqualTo(HUGE_METHOD);
        }
    }

    @Test
    void aMethodOfAlmost64KbKeepsThePollsThatThereIsRoomFor() {
        for (int size = LARGEST_METHOD - 400; size <= LARGEST_METHOD - 380; size++) {
            Rewriting rewriting = rewriter.rewrite(OddClasses.switches(size));
            assertThat(length(rewriting.classFile())).as("of %d", size).isLessThanOrEqualTo(LARGEST_METHOD);
            assertThat(rewriting.count(PollKind.ENTRY)).isOne();
            assertThat(rewriting.leftAlone())
                    .singleElement()
                    .satisfies(left ->
                            assertThat(left.reason()).endsWith("polls left out: the method would become too large"));
        }
    }

    /** Its jumps grow too, by more than there is room for. */
    @Test
    void aMethodThatGrowsByMoreThanItsPollsHasFewer() {
        Rewriting rewriting = rewriter.rewrite(OddClasses.longJumps(50_000));
        assertThat(rewriting.classFile()).isNotNull();
        assertThat(length(rewriting.classFile())).isLessThanOrEqualTo(LARGEST_METHOD);
        assertThat(rewriting.count(PollKind.ENTRY)).isOne();
    }

    @Test
    void aMethodThatCannotBeAnalysedDoesNotKeepOthersFromBeingRewritten() {
        RewriteOptions options = new RewriteOptions(EnumSet.allOf(PollKind.class), true, name -> {
            if (name.equals("bad/Owner")) {
                throw new IllegalStateException("as expected");
            }
            return true;
        });
        Rewriting rewriting = new ClassRewriter(options).rewrite(OddClasses.calling("bad/Owner"));
        assertThat(rewriting.leftAlone()).singleElement().satisfies(left -> {
            assertThat(left.what()).isEqualTo("Odd.g()V");
            assertThat(left.reason()).startsWith("could not be analysed").contains("as expected");
        });
        assertThat(Listing.of(rewriting.classFile(), "g")).isEqualTo("x() return");
        assertThat(Listing.of(rewriting.classFile(), "f")).isEqualTo("A: LOOP goto->A");
    }

    @Test
    void whatObfuscatorsWrite() throws Exception {
        CountingPolls.reset();
        Rewriting rewriting = rewriter.rewrite(OddClasses.obfuscated());
        assertThat(rewriting.leftAlone()).isEmpty();
        Method f = load(rewriting.classFile()).getMethod("if (while)", int.class);
        assertThat(f.invoke(null, 3)).isEqualTo(-1);
        assertThat(CountingPolls.polls()).isPositive();
    }

    private static Class<?> load(byte[] classFile) throws ClassNotFoundException {
        return new InMemoryLoader(Map.of("Odd", CountingPolls.in(classFile))).loadClass("Odd");
    }

    private static int length(byte[] classFile) {
        return CodeLengths.of(new ClassReader(classFile))[0];
    }
}
