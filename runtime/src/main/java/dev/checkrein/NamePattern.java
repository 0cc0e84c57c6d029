package dev.checkrein;

/** Names with wildcards. Allocates nothing and calls next to nothing: it is asked at polls, while threads stand still. */
final class NamePattern {
    private static final char ANY = '*';

    private NamePattern() {}

    /** Whether a name is like the pattern, in which {@code *} stands for any characters, none included. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int afterStar = -1;
        int triedFrom = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == ANY) {
                afterStar = ++p;
                triedFrom = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (afterStar >= 0) {
                p = afterStar; // the last star takes one character more
                n = ++triedFrom;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == ANY) {
            p++;
        }
        return p == pattern.length();
    }
}
