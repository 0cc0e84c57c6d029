package dev.checkrein.it.jcstress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What a worker writes, without any order of its own; read twice, it is read twice. */
final class Written {
    private static final VarHandle VALUE;
    private static final int A_WHILE = 50;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Written.class, "value", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // by its handle
    private int value;

    void set(int newValue) {
        VALUE.setOpaque(this, newValue);
    }

    int get() {
        return (int) VALUE.getOpaque(this);
    }

    /** Time for somebody to write who should not. */
    void letOthersRun() {
        for (int i = 0; i < A_WHILE; i++) {
            Thread.onSpinWait();
        }
    }
}
