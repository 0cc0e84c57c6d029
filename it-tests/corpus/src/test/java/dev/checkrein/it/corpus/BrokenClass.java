package dev.checkrein.it.corpus;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.Bytecode;
import javassist.bytecode.ClassFile;
import javassist.bytecode.MethodInfo;
import javassist.bytecode.Opcode;

/** A class with a method that returns what is not there. */
final class BrokenClass {
    private BrokenClass() {}

    static byte[] bytes() throws Exception {
        ClassFile file = new ClassFile(false, "Broken", "java.lang.Object");
        MethodInfo method = new MethodInfo(file.getConstPool(), "broken", "()I");
        method.setAccessFlags(AccessFlag.PUBLIC | AccessFlag.STATIC);
        Bytecode code = new Bytecode(file.getConstPool());
        code.add(Opcode.IRETURN);
        method.setCodeAttribute(code.toCodeAttribute());
        file.addMethod(method);
        return write(file);
    }

    private static byte[] write(ClassFile file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
