package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Code that polls were once put into in the wrong place, or not at all. */
class PlacementTrapsTest {
    private final MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "run", "(I)I", null, null);
    private final Label top = new Label();
    private final Label middle = new Label();
    private final Label end = new Label();

    /** A poll between the jump and its target would be dead code, and have no stack map frame. */
    @Test
    void aJumpBackToTheVeryNextInstruction() {
        method.visitJumpInsn(Opcodes.GOTO, middle);
        method.visitLabel(top);
        method.visitInsn(Opcodes.NOP);
        method.visitJumpInsn(Opcodes.GOTO, middle);
        method.visitLabel(middle);
        branch(Opcodes.IFNE, top);
        returnZero();
        assertKeepsTheRule();
    }

    /** A poll between the two would poll when it falls through, but not when it jumps. */
    @Test
    void aConditionalJumpBackToTheVeryNextInstruction() {
        method.visitJumpInsn(Opcodes.GOTO, middle);
        method.visitLabel(top);
        branch(Opcodes.IFEQ, middle);
        method.visitLabel(middle);
        branch(Opcodes.IFNE, top);
        returnZero();
        assertKeepsTheRule();
    }

    /** The handler is dead code as far as the instructions tell, but not for what the poll in the loop throws. */
    @Test
    void aLoopInAHandlerOfCodeThatThrowsNothingButPolls() {
        Label handler = new Label();
        method.visitTryCatchBlock(top, end, handler, null);
        method.visitLabel(top);
        method.visitIincInsn(0, 1);
        method.visitJumpInsn(Opcodes.GOTO, top);
        method.visitLabel(end);
        method.visitLabel(handler);
        method.visitInsn(Opcodes.POP);
        method.visitLabel(middle);
        method.visitIincInsn(0, 1);
        method.visitJumpInsn(Opcodes.GOTO, middle);
        assertKeepsTheRule();
    }

    /** The one jump into the loop that sets its counter is dead code: the real way in is the call. */
    @Test
    void aShortLoopAtTheBeginningOfTheMethod() {
        method.visitLabel(top);
        shortLoopFrom(top);
        returnZero();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, 0);
        method.visitJumpInsn(Opcodes.GOTO, top);
        assertKeepsTheRule();
    }

    /** The poll before the loop throws into it, past the instruction that sets its counter. */
    @Test
    void aShortLoopWithAHandlerForWhatThePollBeforeItThrows() {
        Label start = new Label();
        method.visitTryCatchBlock(start, middle, end, null);
        method.visitLabel(start);
        method.visitIincInsn(0, 3);
        branch(Opcodes.IFNE, start);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, 0);
        method.visitLabel(middle);
        method.visitLabel(top);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitIntInsn(Opcodes.BIPUSH, 10);
        Label out = new Label();
        method.visitJumpInsn(Opcodes.IF_ICMPGE, out);
        method.visitLabel(end); // the operand stack matters to nothing here
        method.visitIincInsn(0, 1);
        method.visitJumpInsn(Opcodes.GOTO, top);
        method.visitLabel(out);
        returnZero();
        assertKeepsTheRule();
    }

    /** The poll stands behind the conditional jump: when that leaves the loop, nothing has polled. */
    @Test
    void anAllocationBeforeAConditionalJumpThatFallsBack() {
        method.visitJumpInsn(Opcodes.GOTO, middle);
        method.visitLabel(top);
        allocate();
        branch(Opcodes.IFEQ, end);
        method.visitLabel(middle);
        branch(Opcodes.IFNE, top);
        method.visitLabel(end);
        returnZero();
        assertKeepsTheRule();
    }

    /** The poll at the entry is not in the line that the jump back leads to. */
    @Test
    void anAllocationInALoopAtTheBeginningOfTheMethod() {
        method.visitLabel(top);
        allocate();
        branch(Opcodes.IFEQ, end);
        branch(Opcodes.IFNE, top);
        method.visitLabel(end);
        returnZero();
        assertKeepsTheRule();
    }

    /** The poll behind {@code monitorenter} stands before a {@code new} whose value a stack map frame mentions. */
    @Test
    void aNewRightBehindMonitorenter() throws Exception {
        String self = "dev/checkrein/agent/rewrite/Subject";
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, self, null, "java/lang/Object", null);
        newBehindMonitorenter();
        method.access |= Opcodes.ACC_PUBLIC;
        method.accept(writer);
        byte[] rewritten = rewriter().rewrite(writer.toByteArray()).classFile();
        Class<?> c = MethodHandles.lookup()
                .defineHiddenClass(CountingPolls.in(rewritten), true)
                .lookupClass();
        assertThat(c.getMethod("run", int.class).invoke(null, 1)).isEqualTo(0);
    }

    /** It writes what others can see, and no more: no accessor. */
    @Test
    void aMethodThatOnlyWritesAnArray() {
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.IASTORE);
        returnZero();
        assertKeepsTheRule();
        assertThat(method.instructions.get(1)).isInstanceOf(MethodInsnNode.class);
    }

    private void newBehindMonitorenter() {
        Label handler = new Label();
        method.visitTryCatchBlock(top, end, handler, null);
        method.visitLdcInsn("lock");
        method.visitInsn(Opcodes.DUP);
        method.visitVarInsn(Opcodes.ASTORE, 1);
        method.visitInsn(Opcodes.MONITORENTER);
        method.visitLabel(top);
        method.visitTypeInsn(Opcodes.NEW, "java/lang/StringBuilder");
        method.visitInsn(Opcodes.DUP);
        Label zero = new Label();
        branch(Opcodes.IFEQ, zero);
        method.visitIincInsn(0, 1);
        method.visitLabel(zero);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/StringBuilder", "<init>", "()V", false);
        method.visitInsn(Opcodes.POP);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitInsn(Opcodes.MONITOREXIT);
        method.visitLabel(end);
        returnZero();
        method.visitLabel(handler);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitInsn(Opcodes.MONITOREXIT);
        method.visitInsn(Opcodes.ATHROW);
        method.visitMaxs(0, 0);
    }

    private void shortLoopFrom(Label header) {
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitIntInsn(Opcodes.BIPUSH, 10);
        method.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        method.visitIincInsn(0, 1);
        method.visitJumpInsn(Opcodes.GOTO, header);
        method.visitLabel(end);
    }

    private void branch(int opcode, Label target) {
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitJumpInsn(opcode, target);
    }

    private void allocate() {
        method.visitTypeInsn(Opcodes.NEW, "java/lang/Object");
        method.visitInsn(Opcodes.POP);
    }

    private void returnZero() {
        method.visitInsn(Opcodes.ICONST_0);
        method.visitInsn(Opcodes.IRETURN);
    }

    private static RewriteOptions options() {
        return new RewriteOptions(EnumSet.allOf(PollKind.class), true, name -> false);
    }

    private static ClassRewriter rewriter() {
        return new ClassRewriter(options());
    }

    private void assertKeepsTheRule() {
        PollInserter.insert(
                method,
                new PollPlacement(options())
                        .place(method, ControlFlow.of(method), Effects.seenAlone(), 100, false)
                        .sites());
        assertThat(PollRule.check(method, true).broken()).isEmpty();
    }
}
