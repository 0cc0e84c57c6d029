package dev.checkrein.it.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ratios of pairs that ran one after the other, each to be taken with its noise. Not thread-safe. */
final class Ratios {
    private final List<Double> values = new ArrayList<>();

    /** Adds one. */
    void add(double measured, double baseline) {
        values.add(measured / baseline);
    }

    List<Double> values() {
        return List.copyOf(values);
    }

    double median() {
        return median(values);
    }

    /** Of an even number, the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    static double geometricMean(List<Double> values) {
        return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    }

    /** Such as {@code 1.012 (0.998–1.031)}: the median, and the smallest and greatest of the pairs. */
    @Override
    public String toString() {
        double least = values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
        double most = values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median(), least, most);
    }
}
