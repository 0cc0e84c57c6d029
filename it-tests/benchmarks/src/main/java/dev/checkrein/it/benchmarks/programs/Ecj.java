package dev.checkrein.it.benchmarks.programs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** Eclipse's compiler compiles commons-lang3. */
final class Ecj implements Program {
    private final String[] arguments;

    Ecj(Path folder, Path sources) {
        arguments = new String[] {
            "-17", "-g", "-nowarn", "-proc:none", "-encoding", "UTF-8", "-d", folder.toString(), sources.toString()
        };
    }

    @Override
    public void run() {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        Program.check(BatchCompiler.compile(arguments, out, out, null), printed);
    }
}
