package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Cleanup on the ways out of a {@code try} that are not exceptional. Compilers end the protected range there and write the
 * code of {@code finally} out once more, so what stands behind the end of a range is compared with what the handler of that
 * range does: a {@code finally} block is found as a copy of it, apart from the numbers of variables and the targets of jumps;
 * the {@code close()} of try-with-resources as the call that comes first, if the handler calls {@code addSuppressed}.
 *
 * <p>Where nothing is left to compare, because the compiler has decided a condition in the one that it cannot in the other, the
 * place of a copy tells: between two ranges of a handler of {@code finally}, or between the last one and the handler, compilers
 * put nothing but copies and the ways on from them. Kotlin's decides much: what is known not to be null, or to be true; and in
 * a function that can be suspended each copy keeps variables of its own.
 */
final class CleanupCopies {
    /** How far behind the range {@code close()} can stand: a null check and the loads for both. */
    private static final int FARTHEST_CLOSE = 6;

    private final MethodNode method;
    private final boolean[] inCleanup;
    private final List<AbstractInsnNode> code = new ArrayList<>();

    /** By position, how many real instructions are before it. */
    private final int[] index;

    private CleanupCopies(MethodNode method, boolean[] inCleanup) {
        this.method = method;
        this.inCleanup = inCleanup;
        this.index = new int[inCleanup.length];
        int position = 0;
        for (AbstractInsnNode instruction : method.instructions) {
            index[position++] = code.size();
            if (instruction.getOpcode() >= 0) {
                code.add(instruction);
            }
        }
    }

    /** @param inCleanup by position; the handlers' own cleanup is in it already */
    static void mark(MethodNode method, ControlFlow flow, boolean[] inCleanup) {
        if (!containsTrue(inCleanup)) {
            return; // no handler cleans up
        }
        CleanupCopies search = new CleanupCopies(method, inCleanup);
        Map<LabelNode, NavigableSet<Integer>> starts = new HashMap<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            starts.computeIfAbsent(block.handler, search::withPlace).add(search.index(block.start));
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int handler = method.instructions.indexOf(block.handler);
            boolean rethrows = inCleanup[method.instructions.indexOf(LoopPolls.firstInstruction(flow, handler))];
            if (rethrows) {
                search.markBehind(block);
                if (block.type == null) {
                    search.markGap(search.index(block.end), starts.get(block.handler));
                }
            }
        }
    }

    private static boolean containsTrue(boolean[] values) {
        for (boolean value : values) {
            if (value) {
                return true;
            }
        }
        return false;
    }

    private int index(LabelNode label) {
        return index[method.instructions.indexOf(label)];
    }

    private NavigableSet<Integer> withPlace(LabelNode handler) {
        return new TreeSet<>(List.of(index(handler)));
    }

    /**
     * Marks what stands between the end of a range and where the handler or its next range begins. Not so the jumps that
     * lead on from there: they may lead round a loop that the {@code try} is in, too.
     */
    private void markGap(int from, NavigableSet<Integer> starts) {
        Integer to = starts.ceiling(from);
        for (int i = from; to != null && i < to; i++) {
            boolean leadsOn =
                    code.get(i) instanceof JumpInsnNode jump && (index(jump.label) < from || index(jump.label) >= to);
            inCleanup[position(i)] |= !leadsOn;
        }
    }

    private void markBehind(TryCatchBlockNode block) {
        int handler = index(block.handler);
        List<AbstractInsnNode> body = finallyBody(handler);
        boolean closes = suppresses(handler);
        for (int start : waysOut(index(block.start), index(block.end))) {
            if (!body.isEmpty() && isCopy(body, start)) {
                markCode(start, start + body.size());
            } else if (closes) {
                markCode(start, behindClose(start));
            }
        }
    }

    /**
     * Where control leaves a range: javac ends it there and falls through, ecj jumps, from behind it or from inside, and from
     * inside on a condition, too.
     */
    private List<Integer> waysOut(int start, int behind) {
        List<Integer> ways = new ArrayList<>();
        ways.add(behind);
        for (int i = start; i <= behind && i < code.size(); i++) {
            if (code.get(i) instanceof JumpInsnNode jump && (i < behind || jump.getOpcode() == Opcodes.GOTO)) {
                int target = index(jump.label);
                if (target < start || target > behind) {
                    ways.add(target);
                }
            }
        }
        return ways;
    }

    /** What the handler does between storing the exception and throwing it again; empty if it is not of that form. */
    private List<AbstractInsnNode> finallyBody(int handler) {
        if (!(code.get(handler) instanceof VarInsnNode store) || store.getOpcode() != Opcodes.ASTORE) {
            return List.of();
        }
        for (int i = handler + 1; i + 1 < code.size() && inHandler(i); i++) {
            boolean loadsIt = code.get(i) instanceof VarInsnNode load
                    && load.getOpcode() == Opcodes.ALOAD
                    && load.var == store.var;
            if (loadsIt && code.get(i + 1).getOpcode() == Opcodes.ATHROW) {
                return code.subList(handler + 1, i);
            }
        }
        return List.of();
    }

    private boolean isCopy(List<AbstractInsnNode> body, int start) {
        if (start + body.size() > code.size()) {
            return false;
        }
        Map<Integer, Integer> variables = new HashMap<>();
        for (int i = 0; i < body.size(); i++) {
            if (!isAlike(body.get(i), code.get(start + i), variables)) {
                return false;
            }
        }
        return true;
    }

    /** @param variables those of the first by those of the second, as far as they have been met */
    private static boolean isAlike(AbstractInsnNode a, AbstractInsnNode b, Map<Integer, Integer> variables) {
        if (a.getOpcode() != b.getOpcode()) {
            return false;
        }
        if (a instanceof VarInsnNode x && b instanceof VarInsnNode y) {
            Integer known = variables.putIfAbsent(x.var, y.var);
            return known == null || known == y.var;
        }
        if (a instanceof MethodInsnNode x && b instanceof MethodInsnNode y) {
            return x.owner.equals(y.owner) && x.name.equals(y.name) && x.desc.equals(y.desc);
        }
        if (a instanceof FieldInsnNode x && b instanceof FieldInsnNode y) {
            return x.owner.equals(y.owner) && x.name.equals(y.name);
        }
        if (a instanceof LdcInsnNode x && b instanceof LdcInsnNode y) {
            return x.cst.equals(y.cst);
        }
        if (a instanceof TypeInsnNode x && b instanceof TypeInsnNode y) {
            return x.desc.equals(y.desc);
        }
        if (a instanceof IntInsnNode x && b instanceof IntInsnNode y) {
            return x.operand == y.operand;
        }
        if (a instanceof IincInsnNode x && b instanceof IincInsnNode y) {
            return x.incr == y.incr;
        }
        if (a instanceof InvokeDynamicInsnNode x && b instanceof InvokeDynamicInsnNode y) {
            return x.name.equals(y.name) && x.desc.equals(y.desc);
        }
        return true;
    }

    private boolean suppresses(int handler) {
        for (int i = handler; i < code.size() && inHandler(i); i++) {
            if (code.get(i) instanceof MethodInsnNode call && call.name.equals("addSuppressed")) {
                return true;
            }
        }
        return false;
    }

    /** The position behind the call of {@code close()} if it is the first call from there on, else the same. */
    private int behindClose(int start) {
        for (int i = start; i < Math.min(start + FARTHEST_CLOSE, code.size()); i++) {
            if (code.get(i).getOpcode() == Opcodes.GOTO) {
                return start; // what follows is not reached from there
            }
            if (code.get(i) instanceof MethodInsnNode call) {
                boolean closes = call.name.equals("close") && call.desc.equals("()V");
                return closes ? i + 1 : start;
            }
        }
        return start;
    }

    private boolean inHandler(int i) {
        return inCleanup[position(i)];
    }

    private void markCode(int from, int to) {
        for (int i = from; i < to; i++) {
            inCleanup[position(i)] = true;
        }
    }

    private int position(int i) {
        return method.instructions.indexOf(code.get(i));
    }
}
