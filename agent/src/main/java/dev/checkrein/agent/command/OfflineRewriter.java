package dev.checkrein.agent.command;

import dev.checkrein.agent.rewrite.ClassRewriter;
import dev.checkrein.agent.rewrite.Rewriting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;

/** Takes entries from the source to the sink, and rewrites the classes among them on the way. Not thread-safe. */
final class OfflineRewriter {
    private final Selection selection;
    private final ClassRewriter rewriter;
    private final InstrumentReport report;
    private final Progress progress;
    private final List<RewrittenClass> rewritten = new ArrayList<>();

    OfflineRewriter(Selection selection, ClassRewriter rewriter, InstrumentReport report, Progress progress) {
        this.selection = selection;
        this.rewriter = rewriter;
        this.report = report;
        this.progress = progress;
    }

    /**
     * Rewrites everything.
     *
     * @return the classes that are not as they were
     */
    List<RewrittenClass> run(ClassSource source, ClassSink sink) throws IOException {
        source.signatures().forEach(report::signatureRemoved);
        source.forEach(entry -> {
            sink.add(entry.isClass() ? rewrite(entry) : entry);
            if (entry.isArchive()) {
                report.leftAlone(entry.path(), "an archive inside the input: rewrite it by itself");
            }
        });
        sink.complete();
        return rewritten;
    }

    private Entry rewrite(Entry entry) {
        progress.step("rewriting", entry.path());
        try {
            String className = nameOf(entry);
            if (selection.selects(className)) {
                return rewrite(entry, className);
            }
            Optional<String> refusal = selection.refusal(className);
            refusal.ifPresentOrElse(reason -> report.classLeftAlone(className, reason), report::classUnchanged);
        } catch (RuntimeException e) {
            report.classLeftAlone(entry.path(), "not a class file that could be read: " + e);
        }
        return entry;
    }

    private Entry rewrite(Entry entry, String className) {
        Rewriting rewriting = rewriter.rewrite(entry.bytes());
        report.add(rewriting, internalName(className), entry.path());
        if (rewriting.classFile() == null) {
            return entry;
        }
        rewritten.add(new RewrittenClass(entry.path(), className));
        return entry.withBytes(rewriting.classFile());
    }

    private static String internalName(String className) {
        return className.replace('.', '/');
    }

    /** By the file itself, since its path may begin with anything: {@code META-INF/versions/9}, {@code WEB-INF/classes}. */
    private static String nameOf(Entry entry) {
        try {
            return new ClassReader(entry.bytes()).getClassName().replace('/', '.');
        } catch (RuntimeException malformedOrTooNew) {
            // The rewriter knows better what is wrong; until then the path must do.
            String path = entry.path();
            return path.substring(0, path.lastIndexOf('.')).replace('/', '.');
        }
    }
}
