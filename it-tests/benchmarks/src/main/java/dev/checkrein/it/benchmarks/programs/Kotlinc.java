package dev.checkrein.it.benchmarks.programs;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** Kotlin's compiler compiles copies of one file. */
final class Kotlinc implements Program {
    private static final int COPIES = 4;

    private final String[] arguments;

    Kotlinc(Path folder) throws IOException {
        String source = Program.resource("shop.kt.txt");
        Path sources = Files.createDirectories(folder.resolve("sources"));
        for (int i = 0; i < COPIES; i++) {
            Files.writeString(sources.resolve("Shop" + i + ".kt"), source.replace("package shop@", "package shop" + i));
        }
        String library = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("kotlin-stdlib"))
                .findFirst()
                .orElseThrow();
        String out = folder.resolve("classes").toString();
        arguments =
                new String[] {"-no-stdlib", "-no-reflect", "-nowarn", "-cp", library, "-d", out, sources.toString()};
    }

    @Override
    public void run() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ExitCode code = new K2JVMCompiler().exec(new PrintStream(printed, false, StandardCharsets.UTF_8), arguments);
        Program.check(code == ExitCode.OK, printed);
    }
}
