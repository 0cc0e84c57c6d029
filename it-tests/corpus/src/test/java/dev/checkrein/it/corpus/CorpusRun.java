package dev.checkrein.it.corpus;

import dev.checkrein.it.corpus.audit.Auditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Rewrites all of a corpus, has it audited, and writes it down as jars. */
final class CorpusRun {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long WARM_UP_NANOS = 3_000 * NANOS_PER_MILLI;

    final Corpus corpus;
    final Map<String, Integer> polls = new TreeMap<>();
    final Map<String, String> leftAlone = new TreeMap<>();
    final List<String> findings = new ArrayList<>();

    /** By module; they hold the classes that were not rewritten, too. */
    final Map<String, Path> jars = new TreeMap<>();

    int classes;
    int rewritten;
    double millisPerClass;

    private final AgentRewriter rewriter;
    private final Auditor auditor;

    /** @param selected which classes, by their names with dots, are rewritten */
    CorpusRun(Corpus corpus, Predicate<String> selected) throws ReflectiveOperationException {
        this.corpus = corpus;
        this.rewriter = new AgentRewriter(name -> selected.test(name.replace('/', '.')));
        this.auditor = new Auditor(selected);
    }

    void run() throws IOException {
        for (Map.Entry<String, Map<String, byte[]>> module : corpus.modules().entrySet()) {
            Map<String, byte[]> results = new TreeMap<>();
            module.getValue().forEach((name, original) -> results.put(name, rewrite(name, original)));
            Path jar = Corpus.folder().resolve("rewritten").resolve(corpus.name() + module.getKey() + ".jar");
            write(jar, results);
            jars.put(module.getKey(), jar);
        }
        measure();
    }

    /** All but descriptors of modules. */
    static void write(Path jar, Map<String, byte[]> classFiles) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> file : classFiles.entrySet()) {
                if (!file.getKey().endsWith("module-info.class")) {
                    out.putNextEntry(new JarEntry(file.getKey()));
                    out.write(file.getValue());
                }
            }
        }
    }

    private byte[] rewrite(String name, byte[] original) {
        AgentRewriter.Result result = rewriter.rewrite(name, original);
        classes++;
        leftAlone.putAll(result.leftAlone());
        if (result.classFile() == null) {
            return original;
        }
        rewritten++;
        result.polls().forEach((kind, count) -> polls.merge(kind, count, Integer::sum));
        findings.addAll(
                auditor.audit(original, result.classFile(), result.leftAlone().keySet()));
        return result.classFile();
    }

    /** Again and again, until everything is warm: the last round counts. */
    private void measure() {
        long begin = System.nanoTime();
        do {
            long start = System.nanoTime();
            corpus.modules().values().forEach(files -> files.forEach(rewriter::rewrite));
            millisPerClass = (double) (System.nanoTime() - start) / NANOS_PER_MILLI / classes;
        } while (System.nanoTime() - begin < WARM_UP_NANOS);
    }

    String line() {
        return String.format(
                "%-34s %6d classes, %6d rewritten, %3d left alone, %3d findings, %.3f ms/class, polls %s",
                corpus.name(), classes, rewritten, leftAlone.size(), findings.size(), millisPerClass, polls);
    }
}
