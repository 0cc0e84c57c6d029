package dev.checkrein.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPatternTest {
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(textBlock = """
            # pattern          class                       matches
            com.acme.Main    , com.acme.Main             , true
            com.acme.Main    , com.acme.Main$Inner       , true
            com.acme.Main    , com.acme.Main$1           , true
            com.acme.Main    , com.acme.Main$Inner$Deep  , true
            com.acme.Main    , com.acme.Mainly           , false
            com.acme.Main    , com.acme.Mai              , false
            com.acme.Main    , xcom.acme.Main            , false
            com.acme.Main$In , com.acme.Main$In          , true
            com.acme.Main$In , com.acme.Main             , false
            com.acme.Main$In , com.acme.Main$Inner       , false
            com.acme.*       , com.acme.Main             , true
            com.acme.*       , com.acme.Main$Inner       , true
            com.acme.*       , com.acme.sub.Main         , false
            com.acme.*       , com.acme                  , false
            com.acme.*       , com.acmes.Main            , false
            com.acme.**      , com.acme.Main             , true
            com.acme.**      , com.acme.sub.deep.Main    , true
            com.acme.**      , com.acmes.Main            , false
            com.*.Main       , com.acme.Main             , true
            com.*.Main       , com.acme.sub.Main         , false
            com.**.Main      , com.acme.sub.Main$Inner   , true
            com.**.Main      , com.Main                  , false
            *                , Main                      , true
            *                , com.Main                  , false
            **               , Main                      , true
            **               , com.acme.Main             , true
            **Main           , com.acme.TheMain          , true
            **Main           , com.acme.MainOne          , false
            com.acme.*Test   , com.acme.AnyTest          , true
            com.acme.*Test   , com.acme.Any              , false
            com.ac*me.X*Y    , com.acme.XY               , true
            com.ac*me.X*Y    , com.acorn.me.XY           , false
            a-b.package-info , a-b.package-info          , true
            """)
    void matches(String pattern, String className, boolean expected) {
        assertThat(ClassPattern.parse(pattern).matches(className)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", ".com", "com.", "com..acme", "***", "com.acme.***", "com/acme", "a b", "a,b", "a?"})
    void refusesWhatIsNoPatternAndShowsSome(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassPattern.parse(text))
                .withMessage("\"" + text + "\" is no class pattern. Valid ones look like com.acme.Main,"
                        + " com.acme.* (one package) or com.acme.** (with those below)");
    }

    @Test
    void showsItsText() {
        assertThat(ClassPattern.parse("com.acme.**")).hasToString("com.acme.**");
    }
}
