package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;
import java.util.Arrays;

/** Primes by Eratosthenes: loops with a stride. */
public final class Sieve implements Kernel {
    private final boolean[] composite = new boolean[20_000];

    @Override
    public long run() {
        Arrays.fill(composite, false);
        int primes = 0;
        for (int i = 2; i < composite.length; i++) {
            if (!composite[i]) {
                primes++;
                for (int j = i + i; j < composite.length; j += i) {
                    composite[j] = true;
                }
            }
        }
        return primes;
    }
}
