package dev.checkrein.samples.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.checkrein.samples.pluginhost.api.Plugin;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Also of {@link PluginClassLoader}, which is seen best from inside a plugin. */
class InstalledPluginTest {
    private static final String COUNTER = "public class Counter { public static int count; }";
    private static final String COUNTING =
            "public String answer(String request) {" + " return String.valueOf(++Counter.count); }";
    private static final String NAMING_LOADER = "public String answer(String className) throws Exception {"
            + " return String.valueOf(Class.forName(className).getClassLoader()); }";

    @TempDir
    private Path temp;

    @Test
    void each_plugin_has_its_own_copy_of_a_library() throws Exception {
        Plugin one = installed("one", COUNTING, COUNTER).load();
        Plugin other = installed("other", COUNTING, COUNTER).load();

        assertThat(one.answer("")).isEqualTo("1");
        assertThat(one.answer("")).isEqualTo("2");
        assertThat(other.answer("")).isEqualTo("1");
    }

    @Test
    void a_plugin_prefers_its_own_classes_to_those_of_the_host() throws Exception {
        String sameNameAsTheHosts = "package dev.checkrein.samples.pluginhost; public class Host {}";
        Plugin plugin = installed("own", NAMING_LOADER, sameNameAsTheHosts).load();

        assertThat(plugin.answer(Host.class.getName()))
                .isEqualTo(plugin.getClass().getClassLoader().toString());
    }

    @Test
    void a_plugin_sees_the_JDK_and_the_plugin_interface() throws Exception {
        Plugin plugin = installed("curious", NAMING_LOADER).load();

        assertThat(plugin.answer(Plugin.class.getName()))
                .isEqualTo(Plugin.class.getClassLoader().toString());
        assertThat(plugin.answer("java.lang.String")).isEqualTo("null");
        assertThat(plugin.answer("java.sql.Connection"))
                .isEqualTo(ClassLoader.getPlatformClassLoader().toString());
        assertThat(plugin.answer("javax.xml.parsers.SAXParser")).isEqualTo("null");
    }

    @Test
    void a_plugin_sees_nothing_else_of_the_host() throws Exception {
        Plugin plugin = installed("curious", NAMING_LOADER).load();

        assertThatThrownBy(() -> plugin.answer(Host.class.getName())).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> plugin.answer(Test.class.getName())).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void is_loaded_once() throws Exception {
        InstalledPlugin installed = installed("once", COUNTING, COUNTER);

        assertThat(installed.load()).isSameAs(installed.load());
    }

    @Test
    void is_loaded_anew_after_it_was_discarded() throws Exception {
        InstalledPlugin installed = installed("again", COUNTING, COUNTER);
        Plugin first = installed.load();
        first.answer("");

        installed.discard(first);

        assertThat(installed.load().getClass()).isNotSameAs(first.getClass());
        assertThat(installed.load().answer("")).isEqualTo("1");
    }

    @Test
    void stays_if_another_instance_was_discarded_before() throws Exception {
        InstalledPlugin installed = installed("again", COUNTING, COUNTER);
        Plugin first = installed.load();
        installed.discard(first);
        Plugin second = installed.load();

        installed.discard(first);

        assertThat(installed.load()).isSameAs(second);
    }

    @Test
    void a_directory_without_a_plugin_is_named() throws Exception {
        Path empty = Files.createDirectories(temp.resolve("empty"));

        assertThatThrownBy(() -> new InstalledPlugin(empty).load())
                .isInstanceOf(PluginFailedToLoadException.class)
                .hasMessageContaining("empty")
                .hasMessageContaining("Plugin-Class");
    }

    private InstalledPlugin installed(String name, String body, String... library) throws Exception {
        return new InstalledPlugin(PluginSource.install(temp.resolve("plugins"), name, body, library));
    }
}
