package dev.checkrein.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.filter.ClassPattern;
import dev.checkrein.agent.rewrite.Compiled;
import dev.checkrein.agent.rewrite.Naive;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.internal.bridge.PollCode;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands between the JVM and the rewriter never throws, and counts what it could not do. */
class PollTransformerTest {
    private static final byte[] CLASS_FILE =
            Compiled.classes("Main", "class Main { void f() {} }").get("Main");

    private final RewriteCounts counts = new RewriteCounts(() -> new long[PollCode.COUNT]);
    private final PollTransformer transformer = new PollTransformer(
            new ClassFilter(List.of(ClassPattern.parse("**")), List.of(ClassPattern.parse("Excluded"))),
            Naive.rewriter(EnumSet.allOf(PollKind.class)),
            counts,
            new RewrittenCleanup(),
            false);

    @Test
    void rewritesWhatTheFilterSelects() {
        assertThat(transform("Main", CLASS_FILE)).isNotNull().isNotEqualTo(CLASS_FILE);
        assertThat(counts.status())
                .containsEntry("classesRewritten", 1L)
                .containsEntry("inserted", new long[] {0, 2, 0, 0});
    }

    @Test
    void countsAClassOnceHoweverOftenOthersRetransformIt() {
        assertThat(transform("Main", CLASS_FILE)).isNotNull();
        assertThat(retransform("Main", CLASS_FILE)).isNotNull();
        assertThat(counts.status())
                .containsEntry("classesRewritten", 1L)
                .containsEntry("inserted", new long[] {0, 2, 0, 0});
    }

    @Test
    void countsWhatWasLoadedBeforeItCouldBeSeen() {
        transformer.sweeping(true);
        assertThat(retransform("Main", CLASS_FILE)).isNotNull();
        transformer.sweeping(false);
        assertThat(counts.status()).containsEntry("classesRewritten", 1L);
    }

    @Test
    void leavesTheRestWithoutLookingAtIt() {
        assertThat(transform("Excluded", new byte[3])).isNull();
        assertThat(counts.status()).containsEntry("leftAloneCount", 0L);
    }

    @Test
    void countsWhatIsMalformedInsteadOfThrowing() {
        byte[] cut = java.util.Arrays.copyOf(CLASS_FILE, CLASS_FILE.length / 2);
        assertThat(transform("Cut", cut)).isNull();
        assertThat(transform("Nothing", new byte[3])).isNull();
        assertThat(transform(null, new byte[3])).isNull();
        assertThat((List<?>) counts.status().get("leftAlone"))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("Cut: java.lang.");
        assertThat((List<?>) counts.status().get("leftAlone"))
                .last()
                .asString()
                .startsWith("a class defined without a name: ");
    }

    @Test
    void countsWhatIsTooNew() {
        byte[] tooNew = CLASS_FILE.clone();
        tooNew[6] = 1;
        assertThat(transform("Main", tooNew)).isNull();
        assertThat((List<?>) counts.status().get("leftAlone"))
                .singleElement()
                .asString()
                .contains("class files newer than version");
    }

    private byte[] transform(String internalName, byte[] classFile) {
        ClassLoader loader = getClass().getClassLoader();
        return transformer.transform(loader.getUnnamedModule(), loader, internalName, null, null, classFile);
    }

    /** As for a class that is loaded already; which one it is makes no difference. */
    private byte[] retransform(String internalName, byte[] classFile) {
        ClassLoader loader = getClass().getClassLoader();
        return transformer.transform(loader.getUnnamedModule(), loader, internalName, Object.class, null, classFile);
    }
}
