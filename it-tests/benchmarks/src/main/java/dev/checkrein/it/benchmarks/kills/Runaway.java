package dev.checkrein.it.benchmarks.kills;

import java.util.Locale;

/** Work that spins and does not end by itself, as a Java class {@code Work}, and in JavaScript where it can be said in it. */
public enum Runaway {
    TIGHT_LOOP("""
            public static void work() {
                BEGUN
                while (sink != -1) {
                    sink += 2;
                }
            }
            """, "begun.run(); let x = 0; while (x != -1) { x += 2; }"),
    NESTED_COUNTED_LOOPS("""
            public static void work() {
                BEGUN
                long x = 0;
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    for (int j = 0; j < Integer.MAX_VALUE; j++) {
                        for (int k = 0; k < Integer.MAX_VALUE; k++) {
                            x += i ^ j ^ k;
                        }
                    }
                }
                sink = x;
            }
            """, """
            begun.run();
            const N = 2147483647;
            let x = 0;
            for (let i = 0; i < N; i++) {
                for (let j = 0; j < N; j++) {
                    for (let k = 0; k < N; k++) {
                        x += i ^ j ^ k;
                    }
                }
            }
            x;
            """),
    SWALLOWING_LOOPS(
            """
            public static void work() {
                BEGUN
                while (sink != -1) {
                    try {
                        while (sink != -1) {
                            sink += 2;
                        }
                    } catch (Throwable swallowed) {
                        sink += 4;
                    }
                }
            }
            """,
            "begun.run(); let x = 0; while (x != -1) { try { while (x != -1) { x += 2; } } catch (e) { x += 4; } }"),
    LOOP_IN_FINALLY("""
            public static void work() {
                try {
                    BEGUN
                } finally {
                    while (sink != -1) {
                        sink += 2;
                    }
                }
            }
            """, "let x = 0; try { begun.run(); } finally { while (x != -1) { x += 2; } }"),
    LOOP_IN_CATCH("""
            public static void work() {
                try {
                    throw new IllegalStateException("caught below");
                } catch (IllegalStateException e) {
                    BEGUN
                    while (sink != -1) {
                        sink += 2;
                    }
                }
            }
            """, "let x = 0; try { throw 'caught'; } catch (e) { begun.run(); while (x != -1) { x += 2; } }"),
    RECURSION_THAT_CATCHES_ITS_STACK_OVERFLOW("""
            static long descend() {
                return descend() + 1;
            }
            public static void work() {
                BEGUN
                while (sink != -1) {
                    try {
                        descend();
                    } catch (StackOverflowError e) {
                        sink += 2;
                    }
                }
            }
            """, """
            function descend() { return descend() + 1; }
            begun.run();
            let x = 0;
            while (x != -1) { try { descend(); } catch (e) { x += 2; } }
            """),
    EXCEPTIONS_AS_CONTROL_FLOW("""
            static void fail(long value) {
                if (value != -1) {
                    throw new IllegalStateException("control flow");
                }
            }
            public static void work() {
                BEGUN
                while (sink != -1) {
                    try {
                        fail(sink);
                    } catch (IllegalStateException e) {
                        sink += 2;
                    }
                }
            }
            """, """
            function fail(value) { if (value != -1) { throw new Error('control flow'); } }
            begun.run();
            let x = 0;
            while (x != -1) { try { fail(x); } catch (e) { x += 2; } }
            """),
    SORT_WITH_A_FICKLE_COMPARATOR("""
            static int compare(Object a, Object b) {
                sink += 7;
                return ((sink * 31 >>> 3) & 2) == 0 ? -1 : 1;
            }
            public static void work() {
                java.util.List<Integer> numbers = new java.util.ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    numbers.add(i);
                }
                BEGUN
                while (!numbers.isEmpty()) {
                    try {
                        numbers.sort((a, b) -> compare(a, b));
                    } catch (IllegalArgumentException broken) {
                        sink++;
                    }
                }
            }
            """, """
            const numbers = Array.from({length: 500}, (_, i) => i);
            begun.run();
            let x = 0;
            while (x != -1) { numbers.sort((a, b) => { x += 7; return (x * 31 >>> 3 & 2) == 0 ? -1 : 1; }); }
            """),
    REGEX_THAT_BACKTRACKS(
            "java.util.regex.*", """
            public static void work() {
                java.util.regex.Pattern pattern = java.util.regex.Pattern.compile("(a|a|aa)+\\\\1\\u0024");
                String text = "a".repeat(60) + "!";
                BEGUN
                sink += pattern.matcher(text).matches() ? 2 : 4;
            }
            """, "const text = 'a'.repeat(60) + '!'; begun.run(); /^(a|a|aa)+\\1$/.test(text);"),
    CIRCULAR_HASH_MAP("java.util.*", """
            public static void work() {
                java.util.Map<String, String> map = dev.checkrein.it.benchmarks.kills.CircularMap.make();
                BEGUN
                sink += map.get("BB") == null ? 2 : 4;
            }
            """, null),
    ALLOCATION("""
            public static void work() {
                byte[][] hoard = new byte[256][];
                BEGUN
                for (int i = 0; sink != -1; i++) {
                    hoard[i & 255] = new byte[65536];
                }
            }
            """, """
            const hoard = [];
            begun.run();
            for (let i = 0; i != -1; i++) { hoard[i & 255] = new Uint8Array(65536); }
            """),
    HUGE_POWER("java.math.*", """
            public static void work() {
                BEGUN
                sink += java.math.BigInteger.valueOf(7).pow(500_000_000).bitLength();
            }
            """, "begun.run(); (7n ** 500000000n) == 0n;");

    private static final String BEGUN = "dev.checkrein.it.benchmarks.kills.Begun.tell();";

    private final String include;
    private final String members;
    private final String script;

    Runaway(String members, String script) {
        this("", members, script);
    }

    Runaway(String include, String members, String script) {
        this.include = include;
        this.members = members;
        this.script = script;
    }

    /** For tables and the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What of the JDK Checkrein must rewrite, as a pattern; empty if nothing. */
    public String include() {
        return include;
    }

    /** A class of its own, whose method {@code work} it is. For Groovy, too. */
    String source() {
        return "public class Work {\nstatic long sink;\n" + members.replace("BEGUN", BEGUN) + "}\n";
    }

    /** The same in JavaScript, which runs {@code begun}; null if it cannot be said in it. */
    String script() {
        return script;
    }
}
