package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.Sieve;
import java.util.Arrays;

/** {@link Sieve} with checks. */
public final class CheckedSieve implements Kernel {
    private final boolean[] composite = new boolean[20_000];

    @Override
    public long run() {
        Arrays.fill(composite, false);
        int primes = 0;
        for (int i = 2; i < composite.length; i++) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            if (!composite[i]) {
                primes++;
                for (int j = i + i; j < composite.length; j += i) {
                    if (Thread.interrupted()) {
                        throw new Interrupted();
                    }
                    composite[j] = true;
                }
            }
        }
        return primes;
    }
}
