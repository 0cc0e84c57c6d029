package dev.checkrein.it.programs.kill;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Loops that are the JDK's own. */
final class JdkRows {
    private static final int EXPONENT = 500_000_000;

    static long sink;

    private JdkRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("regular expression that backtracks for ever", () -> JdkRows::match)
                        .including("java.util.regex.*"),
                Row.of("`HashMap` that a race has made circular", () -> JdkRows::search)
                        .including("java.util.*"),
                Row.of("`BigInteger.pow` with a huge result", () -> JdkRows::raise)
                        .including("java.math.*"));
    }

    private static void match(Runnable begun) {
        Pattern pattern = Pattern.compile("(a|a|aa)+\\1$");
        String text = "a".repeat(60) + "!";
        begun.run();
        sink += pattern.matcher(text).matches() ? 2 : 4;
    }

    private static void search(Runnable begun) throws ReflectiveOperationException {
        Map<String, String> map = circularMap();
        begun.run();
        sink += map.get("BB") == null ? 2 : 4;
    }

    /** As two threads that enlarge it at the same time may leave it, which takes luck: the two strings have the same hash. */
    private static Map<String, String> circularMap() throws ReflectiveOperationException {
        Map<String, String> map = new HashMap<>();
        map.put("Aa", "only");
        Field table = HashMap.class.getDeclaredField("table");
        table.setAccessible(true);
        Object bins = table.get(map);
        for (int i = 0; i < Array.getLength(bins); i++) {
            Object entry = Array.get(bins, i);
            if (entry != null) {
                Field next = entry.getClass().getDeclaredField("next");
                next.setAccessible(true);
                next.set(entry, entry);
            }
        }
        return map;
    }

    private static void raise(Runnable begun) {
        begun.run();
        sink += BigInteger.valueOf(7).pow(EXPONENT).bitLength();
    }
}
