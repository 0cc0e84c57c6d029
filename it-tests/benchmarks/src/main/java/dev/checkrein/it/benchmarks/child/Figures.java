package dev.checkrein.it.benchmarks.child;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a child JVM tells the driver what it has measured: a line for each figure in its standard error, among whatever else is
 * printed there. Not in its standard output, where the JVM itself prints what it compiles, in the middle of other lines.
 */
public final class Figures {
    private static final String MARK = "= ";

    private Figures() {}

    /** Tells one. */
    public static void print(String name, double value) {
        System.err.println(String.format(Locale.ROOT, "%s%s %.3f", MARK, name, value));
    }

    /** The figures in what was printed to standard error, by name, in order. */
    public static Map<String, Double> in(List<String> lines) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.startsWith(MARK)) {
                int space = line.lastIndexOf(' ');
                figures.put(line.substring(MARK.length(), space), Double.parseDouble(line.substring(space + 1)));
            }
        }
        return figures;
    }
}
