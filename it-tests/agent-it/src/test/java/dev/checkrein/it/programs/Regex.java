package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A match that would take longer than anybody lives, inside the JDK's own code. */
public final class Regex {
    private Regex() {}

    public static void main(String[] args) throws Exception {
        String text = "a".repeat(60) + "!";
        Pattern pattern = Pattern.compile("(a|a|aa)+\\1$");
        try {
            CancellationScope.named("match")
                    .withDeadline(Duration.ofMillis(200))
                    .run(() -> System.out.println(pattern.matcher(text).matches()));
        } catch (TimeoutException e) {
            System.out.println("timed out in " + spinningIn(e.getCause()));
        }
        System.out.println("rewritten: " + (Checkrein.status().classesRewritten() > 10));
        System.out.println("still works: " + Pattern.matches("(a+)b", "aab"));
    }

    private static String spinningIn(Throwable error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().startsWith("java.util.")) {
                return Pattern.class.getPackageName();
            }
        }
        return "an unexpected place";
    }
}
