package dev.checkrein.agent.command;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.Rewriting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report in a few lines, for people. */
final class Summary {
    private static final int MOST_REASONS = 5;
    private static final int MOST_ERRORS = 10;

    private Summary() {}

    static List<String> of(InstrumentReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.title());
        lines.add("classes: " + report.classesRead() + " read, " + report.classesRewritten() + " rewritten, "
                + report.classesUnchanged() + " unchanged, " + report.classesLeftAlone() + " left alone");
        lines.add("polls: " + byKind(report.polls()));
        lines.add("elided: " + byKind(report.elided()));
        addLeftAlone(lines, report.leftAlone());
        if (!report.signaturesRemoved().isEmpty()) {
            lines.add("signature removed, since the jar no longer is what was signed: "
                    + String.join(", ", report.signaturesRemoved()));
        }
        if (report.verified() != null) {
            addVerified(lines, report.verified());
        }
        return lines;
    }

    private static String byKind(Map<PollKind, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + InstrumentReport.name(count.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** By reason, the most frequent ones first. */
    private static void addLeftAlone(List<String> lines, List<Rewriting.LeftAlone> leftAlone) {
        Map<String, List<Rewriting.LeftAlone>> byReason =
                leftAlone.stream().collect(Collectors.groupingBy(Rewriting.LeftAlone::reason));
        byReason.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<Rewriting.LeftAlone>>>comparingInt(
                                reason -> -reason.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_REASONS)
                .forEach(reason -> lines.add("left alone: " + whatOf(reason.getValue()) + ": " + reason.getKey()));
        if (byReason.size() > MOST_REASONS) {
            lines.add("left alone: for " + (byReason.size() - MOST_REASONS) + " more reasons, see --json");
        }
    }

    private static String whatOf(List<Rewriting.LeftAlone> leftAlone) {
        String first = leftAlone.get(0).what();
        return leftAlone.size() == 1 ? first : first + " and " + (leftAlone.size() - 1) + " more";
    }

    private static void addVerified(List<String> lines, Verification.Result result) {
        lines.add("verified: " + result.verified() + " classes, "
                + result.errors().size() + " errors, " + result.notVerifiable().size()
                + " not verifiable before either");
        result.errors().stream()
                .limit(MOST_ERRORS)
                .forEach(error -> lines.add("verify error: " + error.className() + ": " + firstLine(error.message())));
        if (result.errors().size() > MOST_ERRORS) {
            lines.add("verify error: " + (result.errors().size() - MOST_ERRORS) + " more, see --json");
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
