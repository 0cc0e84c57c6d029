package dev.checkrein.agent.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.signal.SignalAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user says, wherever, is what the agent does; what makes no sense is refused with what does. */
class OptionsTest {
    private static final String KEYS =
            "include, exclude, polls, elide, scope, shield, freeze, count, signals, config, onError";

    private final Properties properties = new Properties();

    @TempDir
    private Path folder;

    @Test
    void hasDefaults() throws Exception {
        for (String argument : new String[] {null, "", "  "}) {
            Options options = Options.read(argument, properties, Map.of());
            assertThat(options.include()).hasToString("[**]");
            assertThat(options.exclude()).isEmpty();
            assertThat(options.polls()).contains(PollKind.LOOP, PollKind.ENTRY, PollKind.ALLOCATION);
            assertThat(options.failOnError()).isFalse();
        }
    }

    @Test
    void readsTheArgument() throws Exception {
        Options options = read("include=a.**:b.*,exclude=a.gen.*,polls=loops,onError=fail");
        assertThat(options.include()).hasToString("[a.**, b.*]");
        assertThat(options.exclude()).hasToString("[a.gen.*]");
        assertThat(options.polls()).isEqualTo(Set.of(PollKind.LOOP));
        assertThat(options.failOnError()).isTrue();
    }

    @Test
    void readsSignals() throws Exception {
        assertThat(read("").signals()).isEmpty();
        assertThat(read("signals=SIGHUP@report: USR1@dump").signals())
                .containsOnly(Map.entry("HUP", SignalAction.REPORT), Map.entry("USR1", SignalAction.DUMP));
    }

    @ParameterizedTest
    @CsvSource({"HUP", "@dump", "HUP@", "HUP@jump", "HUP@dump:"})
    void refusesSignalsThatMakeNoSense(String value) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> read("signals=" + value))
                .withMessageContaining("is not of the form NAME@ACTION. Valid actions: report, dump");
    }

    @Test
    void refusesASignalThatIsGivenTwice() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> read("signals=HUP@dump:SIGHUP@report"))
                .withMessage("signals=HUP@dump:SIGHUP@report: signal HUP is given twice");
    }

    @Test
    void ignoresWhitespaceAroundKeysAndValues() throws Exception {
        properties.setProperty("checkrein.onError", " fail ");
        Options options = read(" include = a.* : b.* , polls = loops : entries ");
        assertThat(options.include()).hasToString("[a.*, b.*]");
        assertThat(options.polls()).isEqualTo(Set.of(PollKind.LOOP, PollKind.ENTRY));
        assertThat(options.failOnError()).isTrue();
    }

    @Test
    void theArgumentWinsOverPropertiesThoseOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = file("include=file.*\nexclude=file.*\npolls=allocations\nonError=fail\n");
        properties.setProperty("checkrein.include", "property.*");
        properties.setProperty("checkrein.exclude", "property.*");
        properties.setProperty("unrelated", "x");
        properties.setProperty("checkrein.junit.cancel-after", "2s");
        Map<String, String> environment = Map.of(
                "CHECKREIN_INCLUDE", "environment.*",
                "CHECKREIN_EXCLUDE", "environment.*",
                "CHECKREIN_POLLS", "entries",
                "CHECKREIN_CONFIG", file.toString(),
                "UNRELATED", "x");
        Options options = Options.read("include=argument.*", properties, environment);
        assertThat(options.include()).hasToString("[argument.*]");
        assertThat(options.exclude()).hasToString("[property.*]");
        assertThat(options.polls()).isEqualTo(Set.of(PollKind.ENTRY));
        assertThat(options.failOnError()).as("onError from the file").isTrue();
    }

    @Test
    void theFileMayBeNamedAnywhere() throws Exception {
        Path file = file("include=file.*");
        assertThat(read("config=" + file).include()).hasToString("[file.*]");
        properties.setProperty("checkrein.config", file.toString());
        assertThat(read(null).include()).hasToString("[file.*]");
    }

    @ParameterizedTest
    @CsvSource({
        "include, CHECKREIN_INCLUDE",
        "exclude, CHECKREIN_EXCLUDE",
        "polls, CHECKREIN_POLLS",
        "config, CHECKREIN_CONFIG",
        "onError, CHECKREIN_ON_ERROR"
    })
    void isFoundInTheEnvironmentUnder(String key, String variable) {
        assertThat(Option.withVariable(variable)).isEqualTo(Option.withKey(key)).isPresent();
        assertThat(Option.withKey(key).orElseThrow().property()).isEqualTo("checkrein." + key);
    }

    @Test
    void refusesAnUnknownKeyWithTheKnownOnes() {
        refuses("inclde=a.*", "unknown option \"inclde\" in the agent argument. Valid keys: " + KEYS);
        refuses("INCLUDE=a.*", "unknown option \"INCLUDE\" in the agent argument. Valid keys: " + KEYS);
        properties.setProperty("checkrein.inclde", "a.*");
        refuses(null, "unknown option \"inclde\" in the system property checkrein.inclde. Valid keys: " + KEYS);
    }

    @Test
    void refusesAnUnknownVariableWithTheKnownOnes() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> Options.read(null, properties, Map.of("CHECKREIN_ONERROR", "fail")))
                .withMessage("unknown option \"CHECKREIN_ONERROR\" in the environment. Valid variables:"
                        + " CHECKREIN_INCLUDE, CHECKREIN_EXCLUDE, CHECKREIN_POLLS, CHECKREIN_ELIDE, CHECKREIN_SCOPE, CHECKREIN_SHIELD, CHECKREIN_FREEZE, CHECKREIN_COUNT, CHECKREIN_SIGNALS, CHECKREIN_CONFIG,"
                        + " CHECKREIN_ON_ERROR");
    }

    @Test
    void refusesAnUnknownKeyInTheFile() throws Exception {
        Path file = file("inclde=a.*");
        refuses("config=" + file, "unknown option \"inclde\" in " + file + ". Valid keys: " + KEYS);
    }

    @Test
    void refusesWhatIsNoPair() {
        refuses("loops", "\"loops\" in the agent argument is not of the form key=value. Valid keys: " + KEYS);
        refuses("polls=loops,,onError=fail", "\"\" in the agent argument is not of the form key=value.");
    }

    @Test
    void refusesAKeyGivenTwice() {
        refuses("polls=loops,polls=entries", "option \"polls\" is given twice in the agent argument");
    }

    @Test
    void refusesBadValuesWithTheValidOnes() throws Exception {
        refuses("onError=stop", "onError=stop is not possible. Valid: fail, skip");
        refuses("onError=", "onError= is not possible. Valid: fail, skip");
        refuses("polls=loop", "polls=loop: \"loop\" is no kind of poll. Valid: any of " + PollKind.optionNames());
        refuses("polls=", "polls=: \"\" is no kind of poll. Valid: any of " + PollKind.optionNames());
        refuses("polls=loops:", "polls=loops:: \"\" is no kind of poll.");
        refuses("include=", "include=: \"\" is no class pattern. Valid ones look like");
        refuses("include=a/b", "include=a/b: \"a/b\" is no class pattern. Valid ones look like");
        refuses("exclude=a.*:", "exclude=a.*:: \"\" is no class pattern.");
        assertThat(read("exclude=").exclude())
                .as("to exclude nothing is possible")
                .isEmpty();
    }

    @Test
    void readsScopesAndShields() throws Exception {
        Options options =
                read("scope=a.*Servlet#service@500ms : b.Plugin#run : c.**#*@PT1.5S, shield=a.Journal#append:b.*#*");
        assertThat(options.scopes())
                .extracting(scope -> scope.methods() + " " + scope.deadline().orElse(null))
                .containsExactly("a.*Servlet#service PT0.5S", "b.Plugin#run null", "c.**#* PT1.5S");
        assertThat(options.shields()).hasToString("[a.Journal#append, b.*#*]");
        assertThat(read(null).scopes()).isEmpty();
        assertThat(read("scope=,shield=").shields()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "2, PT2S",
        "1m, PT1M",
        "2h, PT2H",
        "1d, PT24H",
        "7ns, PT0.000000007S",
        "3μs, PT0.000003S",
        "1 MS, PT0.001S",
        "pt2.5s, PT2.5S"
    })
    void understandsDeadlines(String text, Duration deadline) throws Exception {
        assertThat(read("scope=a.B#c@" + text).scopes().get(0).deadline()).contains(deadline);
    }

    @Test
    void refusesScopesThatMakeNoSense() {
        String pattern = " names no methods. Valid are a class pattern, # and a method's name or *, such as"
                + " com.acme.*Servlet#service; constructors and class initialisers are not possible";
        refuses("scope=a.B@2s", "scope=a.B@2s: \"a.B\"" + pattern);
        refuses("scope=a.B#<init>", "scope=a.B#<init>: \"a.B#<init>\"" + pattern);
        refuses("scope=a.B#", "\"a.B#\"" + pattern);
        refuses("scope=a.B#c*", "\"a.B#c*\"" + pattern);
        refuses("scope=a/b#c", "\"a/b\" is no class pattern.");
        refuses("scope=a.B#c:", "scope=a.B#c:: \"\"" + pattern);
        String valid = ". Valid are a positive whole number and one of the units ns, μs, ms, s, m, h and d (seconds if"
                + " there is none), such as 500ms or 2s, and ISO-8601, such as PT2.5S";
        refuses("scope=a.B#c@soon", "scope=a.B#c@soon: \"soon\" is not a duration" + valid);
        refuses("scope=a.B#c@", "\"\" is not a duration" + valid);
        refuses("scope=a.B#c@0s", "\"0s\" is not longer than zero" + valid);
        refuses("scope=a.B#c@300000d", "\"300000d\" is more than can be counted" + valid);
        refuses(
                "scope=java.lang.Thread#run",
                "scope=java.lang.Thread#run: java.lang.Thread is never rewritten: polls, the way into a call and the way"
                        + " out of it are made of it");
        refuses("shield=a.B", "shield=a.B: \"a.B\"" + pattern);
        refuses("shield=a.B#c@2s", "\"a.B#c@2s\"" + pattern);
    }

    @Test
    void refusesAFileThatCannotBeRead() throws Exception {
        Path missing = folder.resolve("missing.properties");
        refuses("config=" + missing, "config=" + missing + " cannot be read (");
        refuses("config=" + missing, "It must name a properties file whose keys are any of: " + KEYS);
        refuses("config=" + folder, "cannot be read (");
        refuses("config=" + file("include=\\uZZZZ"), "cannot be read (");
        refuses("config=\0", "cannot be read (");
    }

    @Test
    void refusesAFileThatNamesAnother() throws Exception {
        Path file = file("config=other");
        refuses("config=" + file, "config= in " + file + " is not possible: a file cannot name another");
    }

    private Options read(String argument) throws InvalidOptionException {
        return Options.read(argument, properties, Map.of());
    }

    private void refuses(String argument, String message) {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> read(argument))
                .withMessageContaining(message);
    }

    private Path file(String content) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "options", ".properties"), content);
    }
}
