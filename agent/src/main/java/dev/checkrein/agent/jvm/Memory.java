package dev.checkrein.agent.jvm;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The memory of this process. By {@code jdk.internal.misc.Unsafe}, since that of {@code sun.misc} prints a warning from
 * JDK 24 on. A wrong address ends the JVM.
 */
final class Memory {
    private static final int WORD = Long.BYTES;

    private final MethodHandle getByte;
    private final MethodHandle getLong;
    private final MethodHandle putByte;
    private final MethodHandle putLong;

    private Memory(Object unsafe, MethodHandles.Lookup lookup) throws ReflectiveOperationException {
        getByte = lookup.bind(unsafe, "getByte", MethodType.methodType(byte.class, long.class));
        getLong = lookup.bind(unsafe, "getLong", MethodType.methodType(long.class, long.class));
        putByte = lookup.bind(unsafe, "putByte", MethodType.methodType(void.class, long.class, byte.class));
        putLong = lookup.bind(unsafe, "putLong", MethodType.methodType(void.class, long.class, long.class));
    }

    static Memory of(Instrumentation instrumentation) throws ReflectiveOperationException {
        Internals.export(instrumentation, "jdk.internal.misc");
        Object unsafe =
                Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null);
        return new Memory(unsafe, MethodHandles.lookup());
    }

    byte getByte(long address) {
        try {
            return (byte) getByte.invokeExact(address);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    long getLong(long address) {
        try {
            return (long) getLong.invokeExact(address);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void putByte(long address, byte value) {
        try {
            putByte.invokeExact(address, value);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void putLong(long address, long value) {
        try {
            putLong.invokeExact(address, value);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a C string reads so. Most do not, and are told by their first bytes. */
    boolean isText(long address, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        if (bytes.length >= WORD
                && getLong(address)
                        != ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong()) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (getByte(address + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
