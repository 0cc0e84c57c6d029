package jdk.test.whitebox;

import java.lang.reflect.Executable;

/**
 * HotSpot's own way to have a method compiled, for its tests: {@code -XX:+WhiteBoxAPI} finds the native methods by these
 * names, in a class of the boot loader. JDK 17 knows it as {@code sun.hotspot}, later ones as {@code jdk.test.whitebox}.
 */
public final class WhiteBox {
    static {
        registerNatives();
    }

    private static native void registerNatives();

    public native boolean enqueueMethodForCompilation0(Executable method, int level, int bytecodeIndex);

    public native boolean isMethodCompilable0(Executable method, int level, boolean onStackReplacement);
}
