package dev.checkrein.agent.rewrite;

import java.util.Random;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The parts of a loop {@code for (int i = A; i < B; i += C)} with constants, one in three with something wrong: bounds near
 * an overflow, a step the wrong way, a second step, a comparison with something else, one turn more than allowed.
 */
final class RandomCountedLoop {
    final boolean testsAtBottom;
    final int comparison;
    private final int variable;
    private final int first;
    private final int bound;
    private final int step;
    private final int fault;

    RandomCountedLoop(Random random, int variable) {
        this.variable = variable;
        this.testsAtBottom = random.nextBoolean();
        this.fault = random.nextInt(21);
        boolean up = random.nextBoolean();
        boolean inclusive = random.nextBoolean();
        comparison = up
                ? inclusive ? Opcodes.IF_ICMPLE : Opcodes.IF_ICMPLT
                : inclusive ? Opcodes.IF_ICMPGE : Opcodes.IF_ICMPGT;
        int size = 1 + random.nextInt(4);
        step = (fault == 0 ? -1 : 1) * (up ? size : -size);
        int turns = random.nextInt(3) == 0 ? 62 + random.nextInt(5) : random.nextInt(12);
        int span = turns * size - random.nextInt(size) - (inclusive ? 1 : 0);
        int nearOverflow = (up ? Integer.MAX_VALUE : Integer.MIN_VALUE) - (up ? span : -span) + random.nextInt(7) - 3;
        first = fault == 1 ? nearOverflow : random.nextInt(7) * 50 - 100;
        bound = up ? first + span : first - span;
    }

    int negatedComparison() {
        return switch (comparison) {
            case Opcodes.IF_ICMPLT -> Opcodes.IF_ICMPGE;
            case Opcodes.IF_ICMPLE -> Opcodes.IF_ICMPGT;
            case Opcodes.IF_ICMPGT -> Opcodes.IF_ICMPLE;
            default -> Opcodes.IF_ICMPLT;
        };
    }

    void start(InsnList code, RandomStatements statements, Runnable statement) {
        if (fault != 2) {
            statements.constant(first);
            code.add(new VarInsnNode(Opcodes.ISTORE, variable));
        }
        if (fault == 3) {
            statements.increment(variable, -1000);
        } else if (fault % 3 == 2) {
            statement.run();
        }
    }

    void test(InsnList code, RandomStatements statements, int opcode, LabelNode target) {
        code.add(new VarInsnNode(Opcodes.ILOAD, fault == 4 ? RandomStatements.ANY_INT : variable));
        statements.constant(bound);
        code.add(new JumpInsnNode(fault == 5 ? Opcodes.IF_ICMPNE : opcode, target));
    }

    void step(InsnList code, RandomStatements statements, Runnable statement) {
        if (fault == 6) {
            statements.increment(variable, -step);
        }
        if (fault != 7) {
            statements.increment(variable, step);
        }
        if (fault == 8) {
            statement.run();
        }
    }
}
