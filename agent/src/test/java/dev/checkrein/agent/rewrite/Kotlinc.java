package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kotlin.KotlinVersion;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** Kotlin's compiler. */
final class Kotlinc {
    /** The compiler does not start on a JDK that is newer than the newest one it knows. */
    private static final int NEWEST_KNOWN_JDK = 24;

    private Kotlinc() {}

    /** Compiles all Kotlin files in a folder. */
    static void compile(Path sources, Path out) throws Exception {
        Path library = Path.of(KotlinVersion.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String version = System.getProperty("java.version");
        if (Runtime.version().feature() > NEWEST_KNOWN_JDK) {
            System.setProperty("java.version", String.valueOf(NEWEST_KNOWN_JDK));
        }
        try {
            ExitCode code = new K2JVMCompiler()
                    .exec(
                            new PrintStream(messages, true, StandardCharsets.UTF_8),
                            "-no-stdlib",
                            "-no-reflect",
                            "-nowarn",
                            "-cp",
                            library.toString(),
                            "-d",
                            out.toString(),
                            sources.toString());
            assertThat(code).as(messages.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
        } finally {
            System.setProperty("java.version", version);
        }
    }
}
