package dev.checkrein.agent.rewrite;

import java.util.List;
import java.util.Map;

/**
 * What became of a class file.
 *
 * @param classFile the new one, or null if it stays as it was
 * @param polls how many of each kind were inserted
 * @param elided how many more of each kind there would be without elision
 * @param leftAlone methods that could not be rewritten, or the class if none could
 * @param cleanup by method name and descriptor, where in the new code a cancel waits: pairs of a first position and the one
 *     behind the last, in bytes. Methods without such places are not in it
 * @param scopes how many methods have a scope around their calls now
 */
public record Rewriting(
        byte[] classFile,
        Map<PollKind, Integer> polls,
        Map<PollKind, Integer> elided,
        List<LeftAlone> leftAlone,
        Map<String, int[]> cleanup,
        int scopes) {

    /** Without scopes. */
    public Rewriting(
            byte[] classFile,
            Map<PollKind, Integer> polls,
            Map<PollKind, Integer> elided,
            List<LeftAlone> leftAlone,
            Map<String, int[]> cleanup) {
        this(classFile, polls, elided, leftAlone, cleanup, 0);
    }

    /**
     * Something that got no polls although it was asked for.
     *
     * @param what a class, or a method of it with its descriptor
     * @param reason in words, for the user
     */
    public record LeftAlone(String what, String reason) {}

    static Rewriting impossible(String className, String reason) {
        return new Rewriting(null, Map.of(), Map.of(), List.of(new LeftAlone(className, reason)), Map.of());
    }

    /** How many polls of this kind were inserted. */
    public int count(PollKind kind) {
        return polls.getOrDefault(kind, 0);
    }
}
