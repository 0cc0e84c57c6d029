package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** Evaluates an expression: small methods behind calls that the JIT cannot resolve. */
public final class VirtualCallTree implements Kernel {
    private final Expression expression = build(9);

    private static Expression build(int depth) {
        if (depth == 0) {
            return new Variable();
        }
        Expression left = build(depth - 1);
        Expression right = build(depth - 1);
        return switch (depth % 4) {
            case 0 -> new Sum(left, right);
            case 1 -> new Difference(left, right);
            case 2 -> new Product(left, right);
            default -> new Greatest(left, right);
        };
    }

    @Override
    public long run() {
        return expression.at(3) + expression.at(5);
    }

    private interface Expression {
        long at(long x);
    }

    private record Variable() implements Expression {
        @Override
        public long at(long x) {
            return x;
        }
    }

    private record Sum(Expression left, Expression right) implements Expression {
        @Override
        public long at(long x) {
            return left.at(x) + right.at(x);
        }
    }

    private record Difference(Expression left, Expression right) implements Expression {
        @Override
        public long at(long x) {
            return left.at(x + 1) - right.at(x);
        }
    }

    private record Product(Expression left, Expression right) implements Expression {
        @Override
        public long at(long x) {
            return left.at(x) * right.at(x - 1);
        }
    }

    private record Greatest(Expression left, Expression right) implements Expression {
        @Override
        public long at(long x) {
            return Math.max(left.at(x), right.at(x));
        }
    }
}
