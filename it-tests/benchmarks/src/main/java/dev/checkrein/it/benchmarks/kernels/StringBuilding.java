package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as programs make it: concatenation, numbers, joining, searching. */
public final class StringBuilding implements Kernel {
    @Override
    public long run() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String line = "name" + i + "=" + i * 7 + ";";
            lines.add(line.toUpperCase(Locale.ROOT));
        }
        String text = String.join("\n", lines);
        int length = 0;
        for (int from = 0; (from = text.indexOf(';', from)) >= 0; from++) {
            length += from;
        }
        return length;
    }
}
