package dev.checkrein.agent.start;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.rewrite.ClassRewriter;
import dev.checkrein.agent.rewrite.Rewriting;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.objectweb.asm.ClassReader;

/**
 * Stands between the JVM and the {@link ClassRewriter}: filters, delegates, counts. The JVM swallows what a transformer
 * throws, so nothing may be thrown: a class that cannot be rewritten is left alone and counted.
 */
final class PollTransformer implements ClassFileTransformer {
    private final ClassFilter filter;
    private final ClassRewriter rewriter;
    private final RewriteCounts counts;
    private final RewrittenCleanup cleanup;
    private final boolean failOnError;
    private final ScopedMethods scopes;

    /** For classes that are rewritten for the sake of scopes alone. */
    private final ClassRewriter scopesOnly;

    private volatile boolean sweeping;

    PollTransformer(
            ClassFilter filter,
            ClassRewriter rewriter,
            RewriteCounts counts,
            RewrittenCleanup cleanup,
            boolean failOnError) {
        this(filter, rewriter, counts, cleanup, failOnError, new ScopedMethods(List.of()), rewriter);
    }

    PollTransformer(
            ClassFilter filter,
            ClassRewriter rewriter,
            RewriteCounts counts,
            RewrittenCleanup cleanup,
            boolean failOnError,
            ScopedMethods scopes,
            ClassRewriter scopesOnly) {
        this.filter = filter;
        this.rewriter = rewriter;
        this.counts = counts;
        this.cleanup = cleanup;
        this.failOnError = failOnError;
        this.scopes = scopes;
        this.scopesOnly = scopesOnly;
    }

    @Override
    public byte[] transform(
            Module module,
            ClassLoader loader,
            String internalName,
            Class<?> classBeingRedefined,
            ProtectionDomain domain,
            byte[] classFile) {
        String className = "a class defined without a name";
        try {
            // Loaders may define a class without saying its name (a hidden class is never offered).
            String name = internalName != null ? internalName : new ClassReader(classFile).getClassName();
            className = name.replace('/', '.');
            if (!selects(className, module, loader)) {
                return null;
            }
            boolean polls = polls(className, module, loader);
            Rewriting rewriting = (polls ? rewriter : scopesOnly).rewrite(classFile);
            if (!polls && rewriting.scopes() == 0 && rewriting.leftAlone().isEmpty()) {
                cleanup.remove(loader, className);
                return null; // for nothing else it was asked
            }
            if (classBeingRedefined == null || sweeping) {
                counts.add(rewriting);
            }
            if (rewriting.classFile() != null) {
                cleanup.put(loader, className, rewriting.cleanup());
            } else {
                cleanup.remove(loader, className);
            }
            return rewriting.classFile();
        } catch (Throwable e) {
            counts.leftAlone(className, e.toString());
            if (failOnError) {
                stopJvm(className, e);
            }
            return null;
        }
    }

    /** While true, classes that are loaded already count too; else somebody is only rewriting them once more. */
    void sweeping(boolean value) {
        sweeping = value;
    }

    boolean selects(String className, Module module, ClassLoader loader) {
        return polls(className, module, loader) || scopes.select(className, module, loader);
    }

    private boolean polls(String className, Module module, ClassLoader loader) {
        return filter.selects(className, module, loader) || className.equals(SelfTest.SUBJECT);
    }

    private static void stopJvm(String what, Throwable cause) {
        System.err.println("checkrein: onError=fail, and this could not be rewritten: " + what);
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
