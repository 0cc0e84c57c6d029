package dev.checkrein.it.benchmarks.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of one part under one set of conditions. Numbers stay numbers until they are printed. Not thread-safe. */
final class Table {
    private final String title;
    private final String about;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /**
     * @param title its heading
     * @param about how to read it, in a sentence or two
     */
    Table(String title, String about) {
        this.title = title;
        this.about = about;
    }

    /** Adds a row, to be filled in; its first cells decide the columns. */
    Map<String, Object> addRow(String firstColumn, String label) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(firstColumn, label);
        rows.add(row);
        return row;
    }

    List<Map<String, Object>> rows() {
        return rows;
    }

    /** For JSON: ratios as the list of their pairs. */
    Map<String, Object> asMap() {
        List<Map<String, Object>> plain = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> cells = new LinkedHashMap<>();
            row.forEach((column, value) -> cells.put(column, value instanceof Ratios r ? of(r) : value));
            plain.add(cells);
        }
        return Map.of("title", title, "about", about, "rows", plain);
    }

    private static Map<String, Object> of(Ratios ratios) {
        return Map.of("median", ratios.median(), "pairs", ratios.values());
    }

    String asMarkdown() {
        List<String> columns =
                rows.stream().flatMap(row -> row.keySet().stream()).distinct().toList();
        StringBuilder text = new StringBuilder("### " + title + "\n\n" + about + "\n\n");
        appendLine(text, columns);
        appendLine(text, columns.stream().map(column -> "---").toList());
        for (Map<String, Object> row : rows) {
            appendLine(
                    text, columns.stream().map(column -> cell(row.get(column))).toList());
        }
        return text.append('\n').toString();
    }

    private static void appendLine(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Double number ? rounded(number) : value.toString();
    }

    private static String rounded(double number) {
        int digits = Math.abs(number) >= 1000 ? 0 : Math.abs(number) >= 10 ? 1 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
