package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Cleanup is found in what compilers really write. The sources say themselves which calls are cleanup and which are not. */
class CleanupRegionsTest {
    private static final Path SOURCES = Path.of("src/test/resources/cleanup");

    @TempDir
    private Path out;

    /** The compilers on hand. The javac is the one of the JDK that runs this, with its way of old and new releases. */
    enum Compiler {
        JAVAC_8("8"),
        JAVAC_17("17"),
        JAVAC_NEWEST(String.valueOf(Runtime.version().feature())),
        ECJ("17");

        private final String release;

        Compiler(String release) {
            this.release = release;
        }

        void compile(Path source, Path classPath, Path out) {
            StringWriter messages = new StringWriter();
            PrintWriter log = new PrintWriter(messages);
            String[] arguments = {
                "-nowarn",
                "-g",
                "--release",
                release,
                "-cp",
                classPath.toString(),
                "-d",
                out.toString(),
                source.toString()
            };
            boolean compiled = this == ECJ
                    ? BatchCompiler.compile(arguments, log, log, null)
                    : ToolProvider.findFirst("javac").orElseThrow().run(log, log, arguments) == 0;
            assertThat(compiled).as(messages::toString).isTrue();
        }
    }

    /** A call in the rewritten code, and whether it stands in cleanup. */
    private record Call(String in, String name, int line, boolean cleanup) {}

    @ParameterizedTest
    @EnumSource
    void finallyAndRethrow(Compiler compiler) throws IOException {
        compiler.compile(SOURCES.resolve("Cleanup.java"), out, out);
        tellsTidyingFromWork(calls(Files.readAllBytes(out.resolve("cleanup/Cleanup.class"))), 20);
    }

    /** In all that kotlinc makes of the sources, lambdas and state machines included. */
    @Test
    void kotlin() throws Exception {
        Kotlinc.compile(SOURCES, out);
        List<Call> all = new ArrayList<>();
        try (Stream<Path> classes = Files.walk(out)) {
            for (Path file :
                    classes.filter(f -> f.toString().endsWith(".class")).toList()) {
                all.addAll(calls(Files.readAllBytes(file)));
            }
        }
        tellsTidyingFromWork(all, 100);
        assertThat(all)
                .as("entered again when resumed, perhaps in the middle of a try")
                .filteredOn(call -> call.in.endsWith("Suspending") && call.name.equals(PollKind.ENTRY.stubMethod()))
                .hasSizeGreaterThan(2)
                .allMatch(Call::cleanup);
    }

    private static void tellsTidyingFromWork(List<Call> calls, int atLeast) {
        assertThat(calls)
                .filteredOn(call -> call.name.matches("(tidy|close|unlock).*"))
                .hasSizeGreaterThan(atLeast)
                .allMatch(Call::cleanup);
        assertThat(calls)
                .filteredOn(call -> call.name.startsWith("work"))
                .hasSizeGreaterThan(atLeast)
                .noneMatch(Call::cleanup);
        assertThat(calls)
                .filteredOn(call -> call.in.startsWith("endless") && call.name.equals(PollKind.LOOP.stubMethod()))
                .hasSizeGreaterThan(2)
                .noneMatch(Call::cleanup);
    }

    @ParameterizedTest
    @EnumSource(names = "JAVAC_8", mode = EnumSource.Mode.EXCLUDE)
    void tryWithResources(Compiler compiler) throws IOException {
        compiler.compile(SOURCES.resolve("Cleanup.java"), out, out);
        compiler.compile(SOURCES.resolve("Resources.java"), out, out);
        List<Call> calls = calls(Files.readAllBytes(out.resolve("cleanup/Resources.class")));
        assertThat(calls)
                .filteredOn(call -> call.name.equals("close"))
                .hasSizeGreaterThan(5)
                .allMatch(Call::cleanup);
        assertThat(calls)
                .filteredOn(call -> call.name.equals("work"))
                .hasSizeGreaterThan(5)
                .noneMatch(Call::cleanup);
    }

    private static List<Call> calls(byte[] classFile) {
        Rewriting rewriting = new ClassRewriter(new RewriteOptions(EnumSet.allOf(PollKind.class), true, name -> false))
                .rewrite(classFile);
        boolean same = rewriting.classFile() == null;
        PositionedReader reader = new PositionedReader(same ? classFile : rewriting.classFile());
        CallVisitor visitor = new CallVisitor(reader, rewriting.cleanup());
        reader.accept(visitor, 0);
        return visitor.calls;
    }

    /** Tells where in the method's code the instruction is that is being visited. */
    private static final class PositionedReader extends ClassReader {
        private int position;

        PositionedReader(byte[] classFile) {
            super(classFile);
        }

        @Override
        protected void readBytecodeInstructionOffset(int bytecodeOffset) {
            position = bytecodeOffset;
        }
    }

    private static final class CallVisitor extends ClassVisitor {
        private final PositionedReader reader;
        private final Map<String, int[]> cleanup;
        private final List<Call> calls = new ArrayList<>();

        CallVisitor(PositionedReader reader, Map<String, int[]> cleanup) {
            super(Opcodes.ASM9);
            this.reader = reader;
            this.cleanup = cleanup;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String desc, String signature, String[] exceptions) {
            int[] regions = cleanup.getOrDefault(name + desc, new int[0]);
            return new MethodVisitor(Opcodes.ASM9) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String callee, String calleeDesc, boolean itf) {
                    boolean inside = false;
                    for (int i = 0; i < regions.length; i += 2) {
                        inside |= reader.position >= regions[i] && reader.position < regions[i + 1];
                    }
                    calls.add(new Call(name, callee, line, inside));
                }
            };
        }
    }
}
