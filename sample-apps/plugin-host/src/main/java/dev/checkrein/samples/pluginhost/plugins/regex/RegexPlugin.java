package dev.checkrein.samples.pluginhost.plugins.regex;

import dev.checkrein.samples.pluginhost.api.Plugin;
import java.util.regex.Pattern;

/** Tells whether a sentence ends with the word it ended with before. */
public final class RegexPlugin implements Plugin {
    /**
     * Looks harmless, but a word of n letters can be split into words in 2 to the power of n-1 ways. The JDK remembers
     * which of them it has tried, and is quick for that reason, unless the pattern has a back reference as this one does.
     */
    private static final Pattern REPEATED_WORD = Pattern.compile("^(?:(\\w+)\\s?)+\\1$");

    @Override
    public String answer(String sentence) {
        return String.valueOf(REPEATED_WORD.matcher(sentence).find());
    }
}
