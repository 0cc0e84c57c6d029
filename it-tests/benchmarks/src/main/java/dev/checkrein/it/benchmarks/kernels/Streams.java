package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lambdas called back from loops of the JDK, which are not rewritten. */
public final class Streams implements Kernel {
    private final List<Integer> numbers = IntStream.range(0, 2000).boxed().toList();

    @Override
    public long run() {
        int sum = numbers.stream()
                .filter(n -> n % 3 != 0)
                .mapToInt(n -> n * 7)
                .map(n -> n ^ 0x55)
                .sum();
        Map<Integer, Long> byDigit =
                numbers.stream().collect(Collectors.groupingBy(n -> n % 10, Collectors.counting()));
        return sum + byDigit.size();
    }
}
