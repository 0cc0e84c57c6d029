package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.agent.stub.StubClass;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Methods made at random do the same with polls as without, are accepted by the verifier, and never run for long without a
 * poll. {@code -Dcheckrein.seed=N} begins elsewhere.
 */
class RandomRunTest {
    private static final long SEED = Long.getLong("checkrein.seed", 20_260_101);
    private static final int METHODS = 3_000;

    /** Old enough to need no stack map frames. */
    private static final int VERSION = Opcodes.V1_5;

    private static final String COUNTING_POLLS = "dev/checkrein/agent/rewrite/CountingPolls";

    @Test
    void everyMethodDoesTheSameAndPolls() throws Exception {
        long loops = 0;
        for (long seed = SEED; seed < SEED + METHODS; seed++) {
            byte[] original = classFile(RandomMethod.of(seed, true));
            CountingPolls.reset();
            String expected = run(original);
            assertThat(CountingPolls.polls()).isZero();

            for (boolean elide : new boolean[] {true, false}) {
                loops += runRewritten(original, expected, elide, "-Dcheckrein.seed=" + seed + " elide=" + elide);
            }
        }
        assertThat(loops).isGreaterThan(METHODS);
    }

    private static long runRewritten(byte[] original, String expected, boolean elide, String what) throws Exception {
        RewriteOptions options = new RewriteOptions(EnumSet.allOf(PollKind.class), elide, name -> false);
        byte[] rewritten = new ClassRewriter(options).rewrite(original).classFile();
        if (rewritten == null) {
            assertThat(elide)
                    .as(what + ": an accessor, with nothing to poll for")
                    .isTrue();
            return 0;
        }
        assertThat(run(countingInstructions(rewritten, false))).as(what).isEqualTo(expected);
        CountingPolls.reset();
        assertThat(run(countingInstructions(rewritten, true))).as(what).isEqualTo(expected);
        if (!elide) { // else it may have gone a way on which it does nothing
            assertThat(CountingPolls.polls()).as(what).isPositive();
        }
        int turns = elide ? ShortLoops.MOST_TURNS + 1 : 1;
        assertThat(CountingPolls.mostWithoutPoll())
                .as(what)
                .isLessThanOrEqualTo((long) turns * instructions(rewritten));
        return CountingPolls.polls();
    }

    private static byte[] classFile(MethodNode method) {
        ClassNode node = new ClassNode();
        node.visit(VERSION, Opcodes.ACC_PUBLIC, "dev/checkrein/agent/rewrite/Random", null, "java/lang/Object", null);
        node.methods.add(method);
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static long instructions(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        long instructions = 0;
        for (AbstractInsnNode instruction : node.methods.get(0).instructions) {
            instructions += instruction.getOpcode() >= 0 ? 1 : 0;
        }
        return instructions;
    }

    /** Sends the polls to the counter instead of the stub, which this JVM does not have. */
    private static byte[] countingInstructions(byte[] rewritten, boolean tick) {
        ClassNode node = new ClassNode();
        new ClassReader(rewritten).accept(node, 0);
        MethodNode method = node.methods.get(0);
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction instanceof MethodInsnNode call && call.owner.equals(StubClass.INTERNAL_NAME)) {
                call.owner = COUNTING_POLLS;
            } else if (tick && instruction.getOpcode() >= 0) {
                method.instructions.insertBefore(
                        instruction, new MethodInsnNode(Opcodes.INVOKESTATIC, COUNTING_POLLS, "tick", "()V"));
            }
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static String run(byte[] classFile) throws Exception {
        Class<?> c = MethodHandles.lookup().defineHiddenClass(classFile, true).lookupClass();
        try {
            return c.getMethod("run", int.class).invoke(null, 5).toString();
        } catch (InvocationTargetException e) {
            return e.getCause().getClass().getName();
        }
    }
}
