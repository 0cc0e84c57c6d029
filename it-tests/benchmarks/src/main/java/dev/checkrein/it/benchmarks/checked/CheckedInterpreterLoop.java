package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.InterpreterLoop;

/** {@link InterpreterLoop} with checks. */
public final class CheckedInterpreterLoop implements Kernel {
    private static final int PUSH = 0;
    private static final int ADD = 1;
    private static final int LOAD = 2;
    private static final int STORE = 3;
    private static final int LESS = 4;
    private static final int JUMP_IF = 5;
    private static final int HALT = 6;

    // i = 0; s = 0; do { s = s + i; i = i + 1; } while (i < 1000);
    private static final int[] PROGRAM = {
        PUSH, 0, STORE, 0, PUSH, 0, STORE, 1, LOAD, 1, LOAD, 0, ADD, 0, STORE, 1, LOAD, 0, PUSH, 1, ADD, 0, STORE, 0,
        LOAD, 0, PUSH, 1000, LESS, 0, JUMP_IF, 8, HALT, 0
    };

    private final long[] stack = new long[16];
    private final long[] variables = new long[4];

    @Override
    public long run() {
        int top = 0;
        int at = 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            int operand = PROGRAM[at + 1];
            switch (PROGRAM[at]) {
                case PUSH -> stack[top++] = operand;
                case LOAD -> stack[top++] = variables[operand];
                case STORE -> variables[operand] = stack[--top];
                case ADD -> {
                    top--;
                    stack[top - 1] += stack[top];
                }
                case LESS -> {
                    top--;
                    stack[top - 1] = stack[top - 1] < stack[top] ? 1 : 0;
                }
                case JUMP_IF -> {
                    if (stack[--top] != 0) {
                        at = operand;
                        continue;
                    }
                }
                default -> {
                    return variables[1];
                }
            }
            at += 2;
        }
    }
}
