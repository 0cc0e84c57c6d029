package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Where the poll of a {@code synchronized} block's handler stands: the JIT refuses the method if it is elsewhere. */
class ReturnPollsTest {
    private final MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "run", "()V", null, null);

    @Test
    void aHandlerThatProtectsItsOwnMonitorexit() {
        assertThat(handlerWithPolls(true)).containsExactly("ASTORE", "ALOAD", "MONITOREXIT", "poll", "ALOAD", "ATHROW");
    }

    @Test
    void aHandlerOfAnOldCompilerThatProtectsNothing() {
        assertThat(handlerWithPolls(false))
                .containsExactly("ASTORE", "ALOAD", "MONITOREXIT", "poll", "ALOAD", "ATHROW");
    }

    @Test
    void behindAMonitorenterWhoseProtectionBeginsLater() {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        method.visitTryCatchBlock(start, end, handler, null);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.MONITORENTER);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.POP);
        method.visitLabel(start);
        method.visitFieldInsn(Opcodes.GETSTATIC, "Some", "thing", "I");
        method.visitInsn(Opcodes.POP);
        method.visitLabel(end);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.MONITOREXIT);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(handler);
        method.visitInsn(Opcodes.ATHROW);
        insertReturnPolls();
        assertThat(names().subList(0, 6))
                .containsExactly("ALOAD", "MONITORENTER", "ACONST_NULL", "POP", "poll", "GETSTATIC");
        List<AbstractInsnNode> all = List.of(method.instructions.toArray());
        assertThat(all.indexOf(method.tryCatchBlocks.get(0).start))
                .as("the poll is in the range")
                .isLessThan(all.indexOf(all.stream()
                        .filter(node -> node.getOpcode() == Opcodes.INVOKESTATIC)
                        .findFirst()
                        .orElseThrow()));
    }

    /** A thread may have been blocked in what that called in its turn. */
    @Test
    void aHandlerThatCatchesFromACallOfARewrittenClass() {
        Label start = new Label();
        Label end = new Label();
        method.visitTryCatchBlock(start, end, end, "java/util/concurrent/TimeoutException");
        method.visitLabel(start);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "com/acme/Other", "waits", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(end);
        method.visitInsn(Opcodes.ATHROW);
        insertReturnPolls(name -> true);
        assertThat(names()).containsExactly("poll", "RETURN", "poll", "ATHROW"); // the first is the call
    }

    @Test
    void behindACallOfWhatARewrittenClassInherits() {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "com/acme/MyThread", "sleep", "(J)V", false);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "com/acme/MyThread", "other", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        insertReturnPolls(name -> true);
        assertThat(names()).containsExactly("poll", "poll", "poll", "RETURN"); // one behind the first
    }

    private List<String> handlerWithPolls(boolean protectsItself) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label handlerEnd = new Label();
        method.visitTryCatchBlock(start, end, handler, null);
        if (protectsItself) {
            method.visitTryCatchBlock(handler, handlerEnd, handler, null);
        }
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.MONITORENTER);
        method.visitLabel(start);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Thread", "yield", "()V", false);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.MONITOREXIT);
        method.visitLabel(end);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(handler);
        method.visitVarInsn(Opcodes.ASTORE, 1);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.MONITOREXIT);
        method.visitLabel(handlerEnd);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitInsn(Opcodes.ATHROW);
        insertReturnPolls();
        return namesBehindReturn();
    }

    private void insertReturnPolls() {
        insertReturnPolls(name -> false);
    }

    private void insertReturnPolls(Predicate<String> rewritten) {
        RewriteOptions options = new RewriteOptions(Set.of(), true, rewritten);
        PollInserter.insert(
                method,
                new PollPlacement(options)
                        .place(method, ControlFlow.of(method), Effects.seenAlone(), 100, false)
                        .sites());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() >= 0) {
                names.add(node instanceof MethodInsnNode ? "poll" : name(node.getOpcode()));
            }
        }
        return names;
    }

    private List<String> namesBehindReturn() {
        List<String> names = new ArrayList<>();
        boolean behind = false;
        for (AbstractInsnNode node : method.instructions) {
            if (behind && node.getOpcode() >= 0) {
                names.add(node instanceof MethodInsnNode ? "poll" : name(node.getOpcode()));
            }
            behind |= node.getOpcode() == Opcodes.RETURN;
        }
        return names;
    }

    private static String name(int opcode) {
        return org.objectweb.asm.util.Printer.OPCODES[opcode];
    }
}
