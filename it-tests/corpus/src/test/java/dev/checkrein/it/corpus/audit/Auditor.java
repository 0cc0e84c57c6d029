package dev.checkrein.it.corpus.audit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javassist.bytecode.BadBytecode;
import javassist.bytecode.ClassFile;
import javassist.bytecode.MethodInfo;

/** Holds a rewritten class file against the one it was made from. Immutable. */
public final class Auditor {
    private final Predicate<String> rewritten;

    /** @param rewritten which classes, by their names with dots, are rewritten */
    public Auditor(Predicate<String> rewritten) {
        this.rewritten = rewritten;
    }

    /**
     * Audits one class.
     *
     * @param leftAlone methods, as {@code package/Class.method(descriptor)}, that were reported not to have all their polls
     * @return what is wrong, one sentence each
     */
    public List<String> audit(byte[] original, byte[] result, Set<String> leftAlone) {
        List<String> findings = new ArrayList<>();
        ClassFile before = read(original);
        ClassFile after = read(result);
        new ClassComparison(before, after, finding -> findings.add(before.getName() + ": " + finding)).run();
        if (before.getMethods().size() == after.getMethods().size()) {
            for (int i = 0; i < before.getMethods().size(); i++) {
                MethodInfo was = before.getMethods().get(i);
                if (was.getCodeAttribute() != null) {
                    audit(after, was, after.getMethods().get(i), leftAlone, findings);
                }
            }
        }
        return findings;
    }

    private void audit(ClassFile file, MethodInfo was, MethodInfo is, Set<String> leftAlone, List<String> findings) {
        String name = file.getName() + "." + was.getName() + was.getDescriptor();
        try {
            Code before = new Code(was.getCodeAttribute());
            Code after = new Code(is.getCodeAttribute());
            new CodeComparison(before, after, finding -> findings.add(name + ": " + finding)).run(Frames.initial(was));
            if (!leftAlone.contains(file.getName().replace('.', '/') + "." + was.getName() + was.getDescriptor())) {
                new PollAudit(file, is, after, rewritten, finding -> findings.add(name + ": " + finding)).run();
            }
        } catch (BadBytecode | RuntimeException e) {
            findings.add(name + ": cannot be read: " + e);
        }
    }

    private static ClassFile read(byte[] bytes) {
        try {
            return new ClassFile(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
