package dev.checkrein.agent.rewrite;

import org.objectweb.asm.ClassReader;

/** The size of each method's code in a class file, which ASM does not tell (JVMS 4.1, 4.6, 4.7.3). */
final class CodeLengths {
    private static final int FIELD_OR_METHOD_HEADER = 6;
    private static final int ATTRIBUTE_HEADER = 6;
    private static final int CODE_LENGTH_OFFSET = 4;

    private final ClassReader reader;
    private final char[] buffer;
    private int at;
    private int knownCode;
    private int knownOther;

    private CodeLengths(ClassReader reader) {
        this.reader = reader;
        this.buffer = new char[reader.getMaxStringLength()];
    }

    /** In bytes, in the order of the methods; 0 for those without code. */
    static int[] of(ClassReader reader) {
        return new CodeLengths(reader).read();
    }

    private int[] read() {
        at = reader.header + 6; // access flags, this class, super class
        at += 2 + 2 * reader.readUnsignedShort(at); // interfaces
        for (int fields = count(); fields > 0; fields--) {
            skipMember();
        }
        int[] lengths = new int[count()];
        for (int method = 0; method < lengths.length; method++) {
            lengths[method] = skipMember();
        }
        return lengths;
    }

    private int count() {
        int count = reader.readUnsignedShort(at);
        at += 2;
        return count;
    }

    /** Returns the length of its code, if it has some. */
    private int skipMember() {
        int length = 0;
        at += FIELD_OR_METHOD_HEADER;
        for (int attributes = count(); attributes > 0; attributes--) {
            int body = at + ATTRIBUTE_HEADER;
            if (isCode(reader.readUnsignedShort(at))) {
                length = reader.readInt(body + CODE_LENGTH_OFFSET);
            }
            at = body + reader.readInt(at + 2);
        }
        return length;
    }

    /** Class files name each sort of attribute once, as a rule. */
    private boolean isCode(int name) {
        if (name == knownCode) {
            return true;
        }
        if (name == knownOther || !"Code".equals(reader.readUTF8(at, buffer))) {
            knownOther = name;
            return false;
        }
        knownCode = name;
        return true;
    }
}
