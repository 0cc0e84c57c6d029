package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.rewrite.Naive;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.stub.PollStub;
import dev.checkrein.internal.bridge.PollCode;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.EnumSet;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The self-test passes when a rewritten class polls and tells the user what to do when not. */
class SelfTestInstallTest {
    private static final String REMEDY = "put -javaagent:checkrein-agent.jar behind the others";
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private static PollStub stub;

    private ClassFileTransformer transformer = new PollTransformer(
            new ClassFilter(List.of(), List.of()),
            Naive.rewriter(EnumSet.allOf(PollKind.class)),
            new RewriteCounts(() -> new long[PollCode.COUNT]),
            new RewrittenCleanup(),
            false);

    @BeforeAll
    static void define() throws Exception {
        stub = PollStub.define(INSTRUMENTATION, false);
    }

    @AfterEach
    void takeBack() {
        INSTRUMENTATION.removeTransformer(transformer);
    }

    @Test
    void passesWhereTheSubjectIsRewritten() {
        INSTRUMENTATION.addTransformer(transformer);
        assertThatCode(() -> SelfTest.run(stub, stub)).doesNotThrowAnyException();
    }

    @Test
    void failsWhereItIsNot() {
        failsWith("the self-test failed: a rewritten class does not poll. ");
    }

    @Test
    void failsWhereTheSubjectDoesNotVerify() {
        transformer = changing(code -> code.visitInsn(Opcodes.POP));
        INSTRUMENTATION.addTransformer(transformer);
        failsWith("the self-test failed: a rewritten class does not run (java.lang.VerifyError");
    }

    @Test
    void failsWhereTheSubjectThrows() {
        transformer = changing(code -> {
            code.visitInsn(Opcodes.ACONST_NULL);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Object", "hashCode", "()I", false);
            code.visitInsn(Opcodes.POP);
        });
        INSTRUMENTATION.addTransformer(transformer);
        failsWith("the self-test failed: a rewritten class does not run (java.lang.NullPointerException");
    }

    private static void failsWith(String message) {
        assertThatExceptionOfType(SelfTest.FailedException.class)
                .isThrownBy(() -> SelfTest.run(stub, stub))
                .withMessageStartingWith(message)
                .withMessageContaining(REMEDY);
    }

    private interface Code {
        void writeTo(MethodVisitor method);
    }

    /** Another agent that puts code at the beginning of the subject's {@code run()}. */
    private static ClassFileTransformer changing(Code code) {
        return new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
                if (!SelfTest.SUBJECT.replace('.', '/').equals(name)) {
                    return null;
                }
                ClassWriter writer = new ClassWriter(0);
                new ClassReader(classFile).accept(new AtTheBeginningOfRun(writer, code), 0);
                return writer.toByteArray();
            }
        };
    }

    private static final class AtTheBeginningOfRun extends ClassVisitor {
        private final Code code;

        AtTheBeginningOfRun(ClassVisitor next, Code code) {
            super(Opcodes.ASM9, next);
            this.code = code;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    if (name.equals("run")) {
                        code.writeTo(this);
                    }
                }
            };
        }
    }
}
