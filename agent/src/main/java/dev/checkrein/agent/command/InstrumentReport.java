package dev.checkrein.agent.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.Rewriting;
import dev.checkrein.internal.bridge.OwnCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code instrument} did, collected on the way. Not thread-safe. As JSON:
 *
 * <pre>{@code
 * {
 *   "input": "app.jar",               // as given
 *   "output": "app-polled.jar",       // as given
 *   "version": "1.0.0",               // of Checkrein
 *   "jdk": "25.0.3+9-LTS",            // that it ran on
 *   "classes": {
 *     "read": 120,                    // the sum of the following; module-info and package-info do not count
 *     "rewritten": 100,
 *     "unchanged": 17,                // not included, or nothing in them needs a poll
 *     "leftAlone": 3                  // included, but not one method of theirs could be rewritten
 *   },
 *   "polls":  {"loop": 40, "entry": 300, "allocation": 90, "return": 210},   // inserted
 *   "elided": {"loop": 4, "entry": 100, "allocation": 50, "return": 0},      // more there would be without elision
 *   "leftAlone": [                    // methods, classes and archives, each with the reason
 *     {"what": "com/acme/Parser.parse()V", "reason": "would grow beyond the 64 KB a method may have"}
 *   ],
 *   "signaturesRemoved": ["META-INF/ACME.SF"],     // empty unless the jar was signed
 *   "verify": {                       // null unless asked for
 *     "verified": 99,
 *     "notVerifiable": [{"class": "com.acme.Odd", "message": "…"}]   // neither as it is nor as it was
 *   },
 *   "verifyErrors": [{"class": "com.acme.Main", "message": "…"}]     // as they were they could be verified
 * }
 * }</pre>
 */
final class InstrumentReport {
    private final String input;
    private final String output;
    private final Map<PollKind, Integer> polls = new EnumMap<>(PollKind.class);
    private final Map<PollKind, Integer> elided = new EnumMap<>(PollKind.class);
    private final List<Rewriting.LeftAlone> leftAlone = new ArrayList<>();
    private final List<String> signaturesRemoved = new ArrayList<>();
    private int rewritten;
    private int unchanged;
    private int classesLeftAlone;
    private Verification.Result verified;

    InstrumentReport(String input, String output) {
        this.input = input;
        this.output = output;
        for (PollKind kind : PollKind.values()) {
            polls.put(kind, 0);
            elided.put(kind, 0);
        }
    }

    /**
     * Adds what the rewriter did to a class.
     *
     * @param path where it stands, which names it when the rewriter could not
     */
    void add(Rewriting rewriting, String internalName, String path) {
        rewriting.polls().forEach((kind, count) -> polls.merge(kind, count, Integer::sum));
        rewriting.elided().forEach((kind, count) -> elided.merge(kind, count, Integer::sum));
        for (Rewriting.LeftAlone left : rewriting.leftAlone()) {
            leftAlone(left.what().startsWith(internalName) ? left.what() : path, left.reason());
        }
        if (rewriting.classFile() != null) {
            rewritten++;
        } else if (rewriting.leftAlone().isEmpty()) {
            unchanged++;
        } else {
            classesLeftAlone++;
        }
    }

    void classUnchanged() {
        unchanged++;
    }

    void classLeftAlone(String what, String reason) {
        classesLeftAlone++;
        leftAlone(what, reason);
    }

    /** Something that is no class, or not all of one. */
    void leftAlone(String what, String reason) {
        leftAlone.add(new Rewriting.LeftAlone(what, reason));
    }

    void signatureRemoved(String path) {
        signaturesRemoved.add(path);
    }

    void verified(Verification.Result result) {
        verified = result;
    }

    /** Where it came from and went to. */
    String title() {
        return input + " -> " + output;
    }

    int classesRead() {
        return rewritten + unchanged + classesLeftAlone;
    }

    int classesRewritten() {
        return rewritten;
    }

    int classesUnchanged() {
        return unchanged;
    }

    int classesLeftAlone() {
        return classesLeftAlone;
    }

    /** Has every kind. */
    Map<PollKind, Integer> polls() {
        return polls;
    }

    /** Has every kind. */
    Map<PollKind, Integer> elided() {
        return elided;
    }

    List<Rewriting.LeftAlone> leftAlone() {
        return leftAlone;
    }

    List<String> signaturesRemoved() {
        return signaturesRemoved;
    }

    /** Null if not asked for. */
    Verification.Result verified() {
        return verified;
    }

    /** Writes it as JSON, in UTF-8. */
    void writeJson(Path file) throws IOException {
        JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                .with(JSON.Feature.WRITE_NULL_PROPERTIES)
                .write(asMap(), file.toFile());
    }

    private Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("input", input);
        map.put("output", output);
        map.put("version", OwnCopy.version());
        map.put("jdk", Runtime.version().toString());
        map.put("classes", classes());
        map.put("polls", byName(polls));
        map.put("elided", byName(elided));
        map.put(
                "leftAlone",
                leftAlone.stream()
                        .map(left -> ordered("what", left.what(), "reason", left.reason()))
                        .toList());
        map.put("signaturesRemoved", signaturesRemoved);
        map.put("verify", verified == null ? null : verify());
        map.put("verifyErrors", verified == null ? List.of() : failures(verified.errors()));
        return map;
    }

    private Map<String, Object> classes() {
        Map<String, Object> classes = new LinkedHashMap<>();
        classes.put("read", classesRead());
        classes.put("rewritten", rewritten);
        classes.put("unchanged", unchanged);
        classes.put("leftAlone", classesLeftAlone);
        return classes;
    }

    private Map<String, Object> verify() {
        return ordered("verified", verified.verified(), "notVerifiable", failures(verified.notVerifiable()));
    }

    private static List<Map<String, Object>> failures(List<Verification.Failure> failures) {
        return failures.stream()
                .map(failure -> ordered("class", failure.className(), "message", failure.message()))
                .toList();
    }

    private static Map<String, Object> byName(Map<PollKind, Integer> counts) {
        Map<String, Object> named = new LinkedHashMap<>();
        counts.forEach((kind, count) -> named.put(name(kind), count));
        return named;
    }

    /** What reports call a kind of poll. */
    static String name(PollKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> ordered(String key1, Object value1, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }
}
