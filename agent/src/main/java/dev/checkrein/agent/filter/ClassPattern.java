package dev.checkrein.agent.filter;

/**
 * A pattern over class names with dots: {@code *} stands for anything within a package, {@code **} for anything across.
 * A pattern that matches a class matches the classes nested in it. Immutable.
 *
 * <p>Matching is written by hand because it runs while classes are being loaded, when a library, the JDK's regular
 * expressions included, might be the very thing that is being loaded or rewritten.
 */
public final class ClassPattern {
    private final String text;
    private final boolean meansJdk;

    private ClassPattern(String text) {
        this.text = text;
        this.meansJdk = JdkClasses.mayContain(text);
    }

    /** @throws IllegalArgumentException if it is no pattern; the message says what one looks like */
    public static ClassPattern parse(String text) {
        boolean valid = !text.isEmpty() && !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
        for (int i = 0; i < text.length() && valid; i++) {
            char c = text.charAt(i);
            valid = c == '.' || c == '*' || c == '-' || Character.isJavaIdentifierPart(c);
        }
        if (!valid || text.contains("***")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no class pattern. Valid ones look like com.acme.Main,"
                            + " com.acme.* (one package) or com.acme.** (with those below)");
        }
        return new ClassPattern(text);
    }

    /** Whether it matches the class with this name, such as {@code java.util.Map$Entry}. */
    public boolean matches(String className) {
        return matches(0, className, 0);
    }

    private boolean matches(int p, String name, int n) {
        while (p < text.length()) {
            if (text.charAt(p) == '*') {
                return matchesStar(p, name, n);
            }
            if (n == name.length() || name.charAt(n) != text.charAt(p)) {
                return false;
            }
            p++;
            n++;
        }
        return n == name.length() || name.charAt(n) == '$';
    }

    private boolean matchesStar(int p, String name, int n) {
        boolean crosses = text.startsWith("**", p);
        int rest = p + (crosses ? 2 : 1);
        if (crosses && rest == text.length()) {
            return true;
        }
        for (int end = n; end <= name.length(); end++) {
            if (matches(rest, name, end)) {
                return true;
            }
            if (end < name.length() && !crosses && name.charAt(end) == '.') {
                return false;
            }
        }
        return false;
    }

    /** Whether it names a package tree of the JDK at its beginning, and so means the JDK. */
    boolean meansJdk() {
        return meansJdk;
    }

    @Override
    public String toString() {
        return text;
    }
}
