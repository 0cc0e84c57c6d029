package dev.checkrein.it.benchmarks.kills;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/** A map as two threads that enlarge it at the same time may leave it, which takes luck. */
public final class CircularMap {
    private CircularMap() {}

    /** Looking for {@code "BB"}, which has the hash of what is in there, takes for ever. Needs {@code java.util} opened. */
    public static Map<String, String> make() {
        try {
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
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
