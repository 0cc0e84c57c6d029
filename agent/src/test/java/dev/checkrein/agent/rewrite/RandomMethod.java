package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A method {@code static int run(int)} made at random: jumps from anywhere to anywhere, so irreducible loops and dead code,
 * switches, exception ranges with handlers anywhere, counted loops in the layouts of javac and ecj with something wrong with
 * some of them. The operand stack is empty between statements, and local variables keep their types.
 *
 * <p>A runnable one is accepted by the old verifier and ends: every way back passes a counter of fuel. One that is not may
 * also have subroutines, unbalanced monitors and jumps into handlers, which matters to nothing that only reads it.
 */
final class RandomMethod {
    private final Random random;
    private final boolean runnable;
    private final MethodNode method =
            new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(I)I", null, null);
    private final InsnList code = method.instructions;
    private final RandomStatements statements;

    /** Where jumps go, and where handlers and ranges begin. */
    private final List<LabelNode> targets = new ArrayList<>();

    private final List<LabelNode> toPlace = new ArrayList<>();
    private final List<LabelNode> handlersToPlace = new ArrayList<>();
    private final List<LabelNode> boundaries = new ArrayList<>();
    private final LabelNode exit = new LabelNode();
    private int counters = RandomStatements.FIRST_COUNTER;

    private RandomMethod(Random random, boolean runnable) {
        this.random = random;
        this.runnable = runnable;
        this.statements = new RandomStatements(random, code, runnable);
    }

    static MethodNode of(long seed, boolean runnable) {
        return new RandomMethod(new Random(seed), runnable).make();
    }

    private MethodNode make() {
        for (int i = random.nextInt(4); i >= 0; i--) {
            targets.add(new LabelNode());
        }
        toPlace.addAll(targets);
        if (runnable || random.nextInt(4) > 0) {
            statements.initialiseVariables();
        }
        block(0, 2 + random.nextInt(5));
        while (!toPlace.isEmpty()) {
            place(toPlace);
            statement(0);
        }
        code.add(exit);
        end();
        for (int i = random.nextInt(runnable ? 2 : 4); i > 0; i--) {
            protect();
        }
        while (!handlersToPlace.isEmpty()) {
            code.add(handlersToPlace.remove(0));
            code.add(new InsnNode(Opcodes.POP));
            code.add(new JumpInsnNode(Opcodes.GOTO, target()));
        }
        method.maxLocals = RandomStatements.LOCALS;
        method.maxStack = 8;
        return method;
    }

    private void block(int depth, int size) {
        for (int i = 0; i < size; i++) {
            if (!toPlace.isEmpty() && random.nextInt(3) == 0) {
                place(toPlace);
            }
            mark();
            switch (random.nextInt(depth < 3 ? 8 : 5)) {
                case 0, 1, 2 -> statement(depth);
                case 3, 4 -> jump();
                case 5 -> whileLoop(depth);
                default -> countedLoop(depth);
            }
        }
        mark();
    }

    private void statement(int depth) {
        if (!runnable && depth > 0 && random.nextInt(40) == 0) {
            end(); // the rest of the block is dead, unless something jumps there
        } else {
            statements.add();
        }
    }

    /** A place where an exception range may begin or end. */
    private void mark() {
        if (random.nextInt(3) == 0) {
            LabelNode label = new LabelNode();
            boundaries.add(label);
            code.add(label);
        }
    }

    private void place(List<LabelNode> labels) {
        code.add(labels.remove(random.nextInt(labels.size())));
        burnFuel();
    }

    private void burnFuel() {
        if (runnable) {
            statements.increment(RandomStatements.FUEL, -1);
            code.add(new VarInsnNode(Opcodes.ILOAD, RandomStatements.FUEL));
            code.add(new JumpInsnNode(Opcodes.IFLE, exit));
        }
    }

    private LabelNode target() {
        return targets.get(random.nextInt(targets.size()));
    }

    private void jump() {
        switch (random.nextInt(runnable ? 6 : 8)) {
            case 0 -> {
                LabelNode label = target();
                code.add(new JumpInsnNode(Opcodes.GOTO, label));
                if (toPlace.contains(label) && random.nextBoolean()) { // a jump to the next instruction
                    toPlace.remove(label);
                    code.add(label);
                    burnFuel();
                }
            }
            case 1, 2 -> {
                statements.loadInt();
                code.add(new JumpInsnNode(Opcodes.IFEQ + random.nextInt(6), target()));
            }
            case 3 -> {
                statements.loadInt();
                statements.constant(random.nextInt(100));
                code.add(new JumpInsnNode(Opcodes.IF_ICMPEQ + random.nextInt(6), target()));
            }
            case 4 -> {
                statements.loadInt();
                LabelNode[] labels = {target(), target(), target()};
                code.add(new TableSwitchInsnNode(1, 3, target(), labels));
            }
            case 5 -> {
                statements.loadInt();
                LabelNode[] labels = {target(), target()};
                code.add(new LookupSwitchInsnNode(target(), new int[] {-5, 1000}, labels));
            }
            case 6 -> code.add(new JumpInsnNode(Opcodes.JSR, target()));
            default -> code.add(new VarInsnNode(Opcodes.RET, RandomStatements.OBJECT));
        }
    }

    private void end() {
        statements.loadInt();
        code.add(new InsnNode(Opcodes.IRETURN));
    }

    private void protect() {
        if (boundaries.size() < 2) {
            return;
        }
        int from = random.nextInt(boundaries.size() - 1);
        int to = from + 1 + random.nextInt(boundaries.size() - from - 1);
        LabelNode handler;
        if (!runnable && random.nextBoolean()) {
            handler = random.nextBoolean() ? target() : boundaries.get(random.nextInt(boundaries.size()));
        } else {
            handler = new LabelNode();
            handlersToPlace.add(handler);
        }
        String type = random.nextBoolean() ? null : "java/lang/RuntimeException";
        method.tryCatchBlocks.add(new TryCatchBlockNode(boundaries.get(from), boundaries.get(to), handler, type));
    }

    private void whileLoop(int depth) {
        LabelNode top = new LabelNode();
        LabelNode end = new LabelNode();
        code.add(top);
        burnFuel();
        if (random.nextInt(5) > 0) {
            statements.loadInt();
            code.add(new JumpInsnNode(Opcodes.IFLE, end));
        }
        block(depth + 1, random.nextInt(3));
        code.add(new JumpInsnNode(Opcodes.GOTO, top));
        code.add(end);
        if (runnable) {
            statements.add(); // so that the label is never the last thing
        }
    }

    private void countedLoop(int depth) {
        int variable = counters++ % RandomStatements.COUNTERS + RandomStatements.FIRST_COUNTER;
        RandomCountedLoop loop = new RandomCountedLoop(random, variable);
        LabelNode top = new LabelNode();
        LabelNode test = new LabelNode();
        LabelNode end = new LabelNode();
        if (!runnable && random.nextInt(4) == 0) {
            targets.add(loop.testsAtBottom ? test : top); // a second way in, past the start
        }
        loop.start(code, statements, () -> statements.add());
        if (loop.testsAtBottom) {
            code.add(new JumpInsnNode(Opcodes.GOTO, test));
            code.add(top);
        } else {
            code.add(top);
            loop.test(code, statements, loop.negatedComparison(), end);
        }
        burnFuel();
        block(depth + 1, random.nextInt(3) * random.nextInt(2));
        loop.step(code, statements, () -> statements.add());
        if (loop.testsAtBottom) {
            code.add(test);
            loop.test(code, statements, loop.comparison, top);
        } else {
            code.add(new JumpInsnNode(Opcodes.GOTO, top));
        }
        code.add(end);
    }
}
