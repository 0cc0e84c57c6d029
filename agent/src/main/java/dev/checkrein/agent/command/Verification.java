package dev.checkrein.agent.command;

import dev.checkrein.agent.command.VerifyingJvm.CrashException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the classes that rewriting has broken. A class that the JVM does not accept proves nothing by itself: what it needs
 * may be missing, or it may have been invalid all along. So those are looked at again as they were before.
 */
final class Verification {
    private Verification() {}

    /** A class that could not be verified, and what the JVM said. */
    record Failure(String className, String message) {}

    /**
     * What came out.
     *
     * @param verified how many classes are as they should be
     * @param errors classes that could be verified before they were rewritten, and no longer can
     * @param notVerifiable classes that could not be verified before either
     */
    record Result(int verified, List<Failure> errors, List<Failure> notVerifiable) {}

    /** @throws CrashException if not even the original classes can be looked at */
    static Result of(List<RewrittenClass> classes, VerifyTarget target)
            throws IOException, InterruptedException, CrashException {
        try (VerifyingJvm jvm = new VerifyingJvm(target)) {
            Map<RewrittenClass, String> failed;
            try {
                failed = jvm.failures(classes, true);
            } catch (CrashException e) {
                // Rewritten classes of the JDK are what it runs on: is it they that it cannot run on?
                jvm.failures(List.of(), false);
                return new Result(0, List.of(new Failure("the JVM itself", e.getMessage())), List.of());
            }
            Map<RewrittenClass, String> before =
                    failed.isEmpty() ? Map.of() : jvm.failures(List.copyOf(failed.keySet()), false);
            return judge(classes.size(), failed, before);
        }
    }

    private static Result judge(int classes, Map<RewrittenClass, String> failed, Map<RewrittenClass, String> before) {
        List<Failure> errors = new ArrayList<>();
        List<Failure> notVerifiable = new ArrayList<>();
        failed.forEach((c, message) ->
                (before.containsKey(c) ? notVerifiable : errors).add(new Failure(c.className(), message)));
        return new Result(classes - failed.size(), errors, notVerifiable);
    }
}
