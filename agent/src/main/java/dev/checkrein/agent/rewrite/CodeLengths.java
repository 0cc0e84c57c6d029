package dev.checkrein.agent.rewrite;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;

/** The size of each method's code in a class file, which ASM does not tell (JVMS 4.1, 4.6, 4.7.3). */
final class CodeLengths {
    private static final int FIELD_OR_METHOD_HEADER = 6;
    private static final int ATTRIBUTE_HEADER = 6;
    private static final int CODE_LENGTH_OFFSET = 4;

    private final ClassReader reader;
    private final char[] buffer;
    private int at;

    private CodeLengths(ClassReader reader) {
        this.reader = reader;
        this.buffer = new char[reader.getMaxStringLength()];
    }

    /** In bytes, by name and descriptor written behind one another. Methods without code are not in it. */
    static Map<String, Integer> of(ClassReader reader) {
        return new CodeLengths(reader).read();
    }

    private Map<String, Integer> read() {
        Map<String, Integer> lengths = new HashMap<>();
        at = reader.header + 6; // access flags, this class, super class
        at += 2 + 2 * reader.readUnsignedShort(at); // interfaces
        for (int fields = count(); fields > 0; fields--) {
            skipMember(null, null);
        }
        for (int methods = count(); methods > 0; methods--) {
            String name = reader.readUTF8(at + 2, buffer);
            skipMember(name + reader.readUTF8(at + 4, buffer), lengths);
        }
        return lengths;
    }

    private int count() {
        int count = reader.readUnsignedShort(at);
        at += 2;
        return count;
    }

    private void skipMember(String key, Map<String, Integer> lengths) {
        at += FIELD_OR_METHOD_HEADER;
        for (int attributes = count(); attributes > 0; attributes--) {
            int body = at + ATTRIBUTE_HEADER;
            if (lengths != null && "Code".equals(reader.readUTF8(at, buffer))) {
                lengths.put(key, reader.readInt(body + CODE_LENGTH_OFFSET));
            }
            at = body + reader.readInt(at + 2);
        }
    }
}
