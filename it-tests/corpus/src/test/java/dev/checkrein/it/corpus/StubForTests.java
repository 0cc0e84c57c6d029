package dev.checkrein.it.corpus;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.Bytecode;
import javassist.bytecode.ClassFile;
import javassist.bytecode.DuplicateMemberException;
import javassist.bytecode.MethodInfo;

/** A {@code java.lang.CheckreinPoll} whose polls do nothing, for JVMs without the agent. */
final class StubForTests {
    private static final int VERSION = 49;

    private StubForTests() {}

    /** Has it in it, for {@code --patch-module java.base=}. */
    static Path folder() {
        Path folder = Corpus.folder().resolve("stub");
        try {
            Path file = folder.resolve("java/lang/CheckreinPoll.class");
            Files.createDirectories(file.getParent());
            Files.write(file, classFile());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] classFile() throws IOException {
        ClassFile file = new ClassFile(false, "java.lang.CheckreinPoll", "java.lang.Object");
        file.setMajorVersion(VERSION);
        file.setAccessFlags(AccessFlag.PUBLIC | AccessFlag.SUPER);
        for (String poll : new String[] {"atLoop", "atEntry", "atAllocation", "atReturn"}) {
            MethodInfo method = new MethodInfo(file.getConstPool(), poll, "()V");
            method.setAccessFlags(AccessFlag.PUBLIC | AccessFlag.STATIC);
            Bytecode code = new Bytecode(file.getConstPool());
            code.addReturn(null);
            method.setCodeAttribute(code.toCodeAttribute());
            try {
                file.addMethod(method);
            } catch (DuplicateMemberException e) {
                throw new IllegalStateException(e);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
