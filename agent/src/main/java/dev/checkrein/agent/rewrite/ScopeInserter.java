package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Puts a scope around what a method does, polls included. In Java it would read:
 *
 * <pre>{@code
 * CheckreinScopes.enter(17);
 * try {
 *     …                                  // before each return: CheckreinScopes.exit();
 * } catch (Throwable t) {                // from what is between
 *     throw CheckreinScopes.failed(t);
 * }
 * }</pre>
 *
 * <p>No exception range covers {@code exit}, neither this one nor the method's own: what it throws leaves the method, which is in no
 * call any more. The handler's stack map frame has no locals, to which any can be assigned, and so nothing need be known of
 * the method's; the operand stack is as it was around {@code exit}.
 *
 * <p>A {@code synchronized} method holds its monitor before the call begins, and after it.
 */
public final class ScopeInserter {
    /** The class whose methods those are, as in class files. */
    public static final String STUB = "java/lang/CheckreinScopes";

    public static final String ENTER = "enter";
    public static final String ENTER_DESCRIPTOR = "(I)V";
    public static final String EXIT = "exit";
    public static final String EXIT_DESCRIPTOR = "()V";
    public static final String FAILED = "failed";
    public static final String FAILED_DESCRIPTOR = "(Ljava/lang/Throwable;)Ljava/lang/Throwable;";

    private static final String THROWABLE = "java/lang/Throwable";

    /** One of them must be declared for a {@code TimeoutException} to be expected. */
    private static final Set<String> TIMEOUTS =
            Set.of("java/util/concurrent/TimeoutException", "java/lang/Exception", THROWABLE);

    private static final int CALL_BYTES = 3;

    /** A number of which nothing is known, and the call. */
    private static final int ENTER_BYTES = 3 + CALL_BYTES;

    private static final int HANDLER_BYTES = CALL_BYTES + 1;

    private ScopeInserter() {}

    /** Whether a method can have one: it has code, and it is one that somebody has written and others call. */
    static boolean canHave(int access, String name) {
        int none = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE;
        return (access & none) == 0 && name.charAt(0) != '<';
    }

    static boolean declaresTimeout(MethodNode method) {
        for (String exception : method.exceptions) {
            if (TIMEOUTS.contains(exception)) {
                return true;
            }
        }
        return false;
    }

    /** By how much the method becomes longer, at most. */
    static int bytes(MethodNode method) {
        int bytes = ENTER_BYTES + HANDLER_BYTES;
        for (AbstractInsnNode instruction : method.instructions) {
            bytes += isReturn(instruction) ? CALL_BYTES : 0;
        }
        return bytes;
    }

    /** @param version of the class file, major and minor as ASM has them */
    static void insert(MethodNode method, int number, int version) {
        LabelNode start = new LabelNode();
        LabelNode handler = new LabelNode();
        method.instructions.insert(entry(method, number, start));
        method.instructions.add(handler);
        method.tryCatchBlocks.add(
                new TryCatchBlockNode(start, handler, handler, null)); // the last, and so the outermost
        insertExits(method);
        method.tryCatchBlocks.removeIf(ScopeInserter::isEmpty);
        if (method.tryCatchBlocks.stream().anyMatch(block -> block.handler == handler)) {
            if ((version & 0xFFFF) >= Opcodes.V1_6) {
                method.instructions.add(new FrameNode(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {THROWABLE}));
            }
            method.instructions.add(call(FAILED, FAILED_DESCRIPTOR)); // stack: what to throw
            method.instructions.add(new InsnNode(Opcodes.ATHROW));
        }
        method.maxStack = Math.max(method.maxStack, 1);
    }

    private static InsnList entry(MethodNode method, int number, LabelNode behind) {
        InsnList entry = new InsnList();
        LineNumberNode line = PollInserter.lineAtBeginning(method);
        if (line != null) {
            LabelNode beginning = new LabelNode();
            entry.add(beginning);
            entry.add(new LineNumberNode(line.line, beginning));
        }
        entry.add(push(number)); // stack: number
        entry.add(call(ENTER, ENTER_DESCRIPTOR)); // stack: empty
        entry.add(behind);
        return entry;
    }

    private static AbstractInsnNode push(int number) {
        if (number <= Byte.MAX_VALUE) {
            return new IntInsnNode(Opcodes.BIPUSH, number);
        }
        return number <= Short.MAX_VALUE ? new IntInsnNode(Opcodes.SIPUSH, number) : new LdcInsnNode(number);
    }

    private static void insertExits(MethodNode method) {
        List<Exit> exits = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (isReturn(instruction)) {
                exits.add(new Exit(
                        instruction, method.instructions.indexOf(instruction), new LabelNode(), new LabelNode()));
            }
        }
        List<TryCatchBlockNode> blocks = new ArrayList<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            leaveOut(exits, block, method.instructions, blocks);
        }
        method.tryCatchBlocks = blocks;
        for (Exit exit : exits) {
            method.instructions.insertBefore(exit.returning, exit.before);
            method.instructions.insertBefore(exit.returning, call(EXIT, EXIT_DESCRIPTOR)); // stack: as it was
            method.instructions.insert(exit.returning, exit.behind);
        }
    }

    /**
     * A return.
     *
     * @param before the label that will stand before its call of {@code exit}
     * @param behind the one behind the return
     */
    private record Exit(AbstractInsnNode returning, int position, LabelNode before, LabelNode behind) {}

    /** Adds what is left of an exception range. */
    private static void leaveOut(
            List<Exit> exits, TryCatchBlockNode block, InsnList instructions, List<TryCatchBlockNode> blocks) {
        int start = instructions.indexOf(block.start);
        int end = instructions.indexOf(block.end);
        TryCatchBlockNode last = block;
        blocks.add(last);
        for (Exit exit : exits) {
            if (start <= exit.position && exit.position < end) {
                TryCatchBlockNode rest = new TryCatchBlockNode(exit.behind, last.end, block.handler, block.type);
                last.end = exit.before;
                blocks.add(rest);
                last = rest;
            }
        }
    }

    /** Without an instruction in it: the JVM would refuse it. */
    private static boolean isEmpty(TryCatchBlockNode block) {
        for (AbstractInsnNode node = block.start; node != block.end; node = node.getNext()) {
            if (node.getOpcode() >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReturn(AbstractInsnNode instruction) {
        return instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN;
    }

    private static MethodInsnNode call(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, STUB, name, descriptor, false);
    }

    /**
     * Takes a scope out that was put in before, so that a method does not get a second one.
     *
     * @return by how many bytes the method has become shorter
     */
    static int strip(MethodNode method) {
        int bytes = 0;
        for (AbstractInsnNode instruction : method.instructions.toArray()) {
            if (instruction instanceof MethodInsnNode call && call.owner.equals(STUB)) {
                bytes += switch (call.name) {
                    case ENTER -> stripEntry(method, call);
                    case FAILED -> stripHandler(method, call);
                    default -> 0;
                };
                method.instructions.remove(call);
                bytes += CALL_BYTES;
            }
        }
        return bytes;
    }

    private static int stripEntry(MethodNode method, MethodInsnNode enter) {
        AbstractInsnNode number = enter.getPrevious();
        if (number.getPrevious() instanceof LineNumberNode line) {
            method.instructions.remove(line);
        }
        method.instructions.remove(number);
        return number.getOpcode() == Opcodes.BIPUSH ? 2 : 3; // with an ldc of two bytes one is forgotten
    }

    private static int stripHandler(MethodNode method, MethodInsnNode failed) {
        method.instructions.remove(failed.getNext());
        AbstractInsnNode node = failed.getPrevious();
        while (node.getOpcode() < 0) {
            AbstractInsnNode previous = node.getPrevious();
            AbstractInsnNode label = node;
            method.tryCatchBlocks.removeIf(block -> block.handler == label);
            if (node instanceof FrameNode) {
                method.instructions.remove(node);
            }
            node = previous;
        }
        return 1;
    }
}
