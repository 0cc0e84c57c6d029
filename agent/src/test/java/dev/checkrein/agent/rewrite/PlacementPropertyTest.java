package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/**
 * Methods made at random keep the rule, as {@link PollRule} says it. {@code -Dcheckrein.seed=N} begins elsewhere;
 * {@code -Dcheckrein.methods=N} makes more or fewer.
 */
class PlacementPropertyTest {
    private static final long SEED = Long.getLong("checkrein.seed", 20_260_101);
    private static final int METHODS = Integer.getInteger("checkrein.methods", 100_000);
    private static final int CODE_LENGTH = 100;

    @Test
    void everyMethodKeepsTheRule() {
        PollPlacement elided = placement(true);
        PollPlacement naive = placement(false);
        int shortLoops = 0;
        int elidedLoops = 0;
        int movedEntries = 0;
        for (long seed = SEED; seed < SEED + METHODS; seed++) {
            PollRule rule = check(elided, seed, true);
            shortLoops += rule.shortLoops;
            movedEntries += rule.movedEntries;
            MethodNode method = RandomMethod.of(seed, false);
            MethodNode another = RandomMethod.of(seed, false);
            CleanupRegions.mark(another, ControlFlow.of(another), CODE_LENGTH); // whatever the ranges are
            elidedLoops += elided.place(method, ControlFlow.of(method), Effects.seenAlone(), CODE_LENGTH, false)
                    .elided()
                    .get(PollKind.LOOP);
            if (seed % 4 == 0) {
                check(naive, seed, false);
            }
        }
        // So that a generator or a placement without short loops, or without late entries, cannot pass.
        assertThat(movedEntries).isGreaterThan(METHODS / 100);
        assertThat(shortLoops).isGreaterThan(METHODS / 20);
        assertThat(elidedLoops).isGreaterThanOrEqualTo(shortLoops);
    }

    private static PollPlacement placement(boolean elide) {
        return new PollPlacement(
                new RewriteOptions(EnumSet.allOf(PollKind.class), elide, name -> !name.startsWith("some/other/")));
    }

    private static PollRule check(PollPlacement placement, long seed, boolean elided) {
        MethodNode method = RandomMethod.of(seed, false);
        List<AbstractInsnNode> before = List.of(method.instructions.toArray());
        PollInserter.insert(
                method,
                placement
                        .place(method, ControlFlow.of(method), Effects.seenAlone(), CODE_LENGTH, false)
                        .sites());
        PollRule rule = PollRule.check(method, elided);
        List<String> broken = new ArrayList<>(rule.broken());
        List<AbstractInsnNode> after = new ArrayList<>(List.of(method.instructions.toArray()));
        after.retainAll(new java.util.HashSet<>(before));
        if (!after.equals(before)) {
            broken.add("not the same instructions in the same order");
        }
        assertThat(broken)
                .as(() -> "-Dcheckrein.seed=" + seed + " elide=" + elided + "\n" + text(method))
                .isEmpty();
        return rule;
    }

    /** With the number that the checker gives each instruction. */
    private static String text(MethodNode method) {
        Textifier printer = new Textifier();
        method.accept(new TraceMethodVisitor(printer));
        StringWriter text = new StringWriter();
        printer.print(new PrintWriter(text, true));
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (String line : text.toString().lines().toList()) {
            boolean instruction = line.matches("    [A-Z].*") && !line.contains("TRYCATCHBLOCK");
            numbered.append(instruction ? number++ : "")
                    .append('\t')
                    .append(line)
                    .append('\n');
        }
        return numbered.toString();
    }
}
