package dev.checkrein.it.benchmarks.programs;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The JDK's compiler compiles commons-lang3. */
final class Javac implements Program {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final List<String> options;
    private final List<Path> sources;

    Javac(Path folder, Path sources) throws IOException {
        this.options =
                List.of("-g", "-nowarn", "-Xlint:none", "-XDignore.symbol.file", "-proc:none", "-d", "" + folder);
        this.sources = Program.files(sources, ".java");
    }

    @Override
    public void run() throws IOException {
        StringWriter printed = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean done = compiler.getTask(
                            printed, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            Program.check(done, printed);
        }
    }
}
