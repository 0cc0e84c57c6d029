package dev.checkrein.it.corpus;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.FinishedJvm;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Has every class of a corpus verified by a JVM, before and after it was rewritten. */
final class Verification {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** What cannot be linked, by class, and the number of classes that can. */
    record Outcome(Map<String, String> failures, int linked) {}

    private final Jdk jdk;
    private final CorpusRun run;
    private final Path names;

    Verification(Jdk jdk, CorpusRun run) throws IOException {
        this.jdk = jdk;
        this.run = run;
        this.names = Corpus.folder().resolve(run.corpus.name() + ".names");
        List<String> lines = new ArrayList<>();
        run.corpus
                .modules()
                .values()
                .forEach(files -> files.keySet().stream()
                        .filter(file -> !file.endsWith("module-info.class"))
                        .filter(file -> !file.startsWith("META-INF/"))
                        .map(file -> file.substring(0, file.length() - ".class".length())
                                .replace('/', '.'))
                        .forEach(lines::add));
        Files.write(names, lines);
    }

    Outcome before(Path jar) {
        return outcome(child().classPath(jar).classPath(Corpus.libraries()));
    }

    Outcome after() {
        return outcome(child().jvm("--patch-module", "java.base=" + StubForTests.folder())
                .classPath(run.jars.get(""))
                .classPath(Corpus.libraries()));
    }

    Outcome jdkBefore() {
        return outcome(child());
    }

    Outcome jdkAfter() {
        ChildJvm child = child();
        run.jars.forEach((module, jar) -> {
            String stub = module.equals("java.base") ? java.io.File.pathSeparator + StubForTests.folder() : "";
            child.jvm("--patch-module", module + "=" + jar + stub);
        });
        return outcome(child);
    }

    private ChildJvm child() {
        return new ChildJvm(jdk)
                .jvm("-Xverify:all", "-Xmx1g", "--add-modules", "ALL-SYSTEM")
                .limit(LIMIT);
    }

    private Outcome outcome(ChildJvm child) {
        FinishedJvm jvm = child.classPath(Products.classPathEntryOf(LinkAll.class))
                .program(LinkAll.class, names.toString())
                .run();
        Map<String, String> failures = new TreeMap<>();
        int linked = -1;
        for (String line : jvm.out()) {
            if (line.startsWith("linked ")) {
                linked = Integer.parseInt(line.substring("linked ".length()));
            } else if (line.contains("\t")) {
                failures.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
            }
        }
        if (jvm.exitCode() != 0 || linked < 0) {
            jvm.succeeds();
        }
        return new Outcome(failures, linked);
    }
}
