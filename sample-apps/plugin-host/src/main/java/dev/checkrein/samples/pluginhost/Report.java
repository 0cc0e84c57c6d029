package dev.checkrein.samples.pluginhost;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.checkrein.samples.pluginhost.Demonstration.Result;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words and a table for people. Rows start with the plugin's name, so that they can be found by programs too. */
final class Report {
    private Report() {}

    static String table(List<Result> results) {
        List<ColumnData<Result>> columns = List.of(
                text("Plugin").with(result -> result.misdeed().plugin()),
                text("What it does").with(result -> result.misdeed().what()),
                text("How it ended").with(result -> result.outcome().toString()),
                number("ms from deadline to stop").with(Report::millis),
                number("Greetings meanwhile").with(result -> String.valueOf(result.greetingsMeanwhile())));
        return AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER)
                .lineSeparator("\n")
                .data(results, columns)
                .asString()
                .lines()
                // Each line of the table begins with a blank, or the line below it, for the border that is not there.
                .map(line -> line.substring(1).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    static String summary(Demonstration demonstration) {
        List<String> complaints = demonstration.complaints();
        if (!complaints.isEmpty()) {
            return "FAILED:\n- " + String.join("\n- ", complaints);
        }
        return "All " + demonstration.results().size() + " were stopped, the database was loaded anew and "
                + demonstration.afterReload() + ", and all " + demonstration.greetings() + " greetings were answered.";
    }

    private static Column text(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    private static Column number(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.RIGHT).dataAlign(HorizontalAlign.RIGHT);
    }

    private static String millis(Result result) {
        if (result.outcome() instanceof Outcome.Stopped stopped) {
            return String.format(Locale.ROOT, "%.1f", inMillis(stopped.afterDeadline()));
        }
        return "-";
    }

    private static double inMillis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
