package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Puts polls into a class file: bytes in, bytes out. Knows nothing of the JVM it runs in, loads no class, and gives the
 * same result for a class it has rewritten before as for the original. Immutable, for any number of threads.
 */
public final class ClassRewriter {
    private static final int API = Opcodes.ASM9;

    /** The newest class file version that the version of ASM on board understands. */
    private static final int NEWEST_MAJOR_VERSION = Opcodes.V27;

    private static final int MAGIC = 0xCAFEBABE;

    private final PollPlacement placement;
    private final UnaryOperator<String> stubs;

    public ClassRewriter(RewriteOptions options) {
        this.placement = new PollPlacement(options);
        this.stubs = options.stubs();
    }

    /**
     * Rewrites a class.
     *
     * @throws RuntimeException if the class file is malformed in a way that shows; the JVM will say better what is wrong
     */
    public Rewriting rewrite(byte[] classFile) {
        if (classFile.length < 8 || int32(classFile, 0) != MAGIC) {
            throw new IllegalArgumentException("not a class file");
        }
        int majorVersion = int32(classFile, 4) & 0xFFFF;
        if (majorVersion > NEWEST_MAJOR_VERSION) {
            return Rewriting.impossible(
                    "a class of version " + majorVersion,
                    "class files newer than version " + NEWEST_MAJOR_VERSION + " are not known to this Checkrein");
        }
        ClassReader reader = new ClassReader(classFile);
        Set<String> tooLarge = new HashSet<>();
        List<Rewriting.LeftAlone> leftAlone = new ArrayList<>();
        while (true) {
            try {
                return rewrite(reader, tooLarge, leftAlone);
            } catch (MethodTooLargeException e) {
                String method = e.getMethodName() + e.getDescriptor();
                if (!tooLarge.add(method)) {
                    throw e;
                }
                leftAlone.add(new Rewriting.LeftAlone(
                        reader.getClassName() + "." + method, "would grow beyond the 64 KB a method may have"));
            } catch (ClassTooLargeException e) {
                return Rewriting.impossible(reader.getClassName(), "its constant pool is full");
            }
        }
    }

    private Rewriting rewrite(ClassReader reader, Set<String> tooLarge, List<Rewriting.LeftAlone> leftAlone) {
        // Copies the constant pool and asks for neither frames nor maxima: no class is ever loaded to compute them.
        ClassWriter writer = new ClassWriter(reader, 0);
        PollingClass visitor = new PollingClass(writer, CodeLengths.of(reader), tooLarge);
        reader.accept(visitor, 0);
        byte[] classFile = visitor.changed ? writer.toByteArray() : null;
        List<Rewriting.LeftAlone> all = new ArrayList<>(leftAlone);
        all.addAll(visitor.thinned);
        return new Rewriting(classFile, visitor.polls, visitor.elided, List.copyOf(all), visitor.cleanup);
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    private final class PollingClass extends ClassVisitor {
        private final Set<String> tooLarge;
        private final Map<String, Integer> codeLengths;
        private final Map<PollKind, Integer> polls = new EnumMap<>(PollKind.class);
        private final Map<PollKind, Integer> elided = new EnumMap<>(PollKind.class);
        private final Map<String, int[]> cleanup = new HashMap<>();
        private final List<Rewriting.LeftAlone> thinned = new ArrayList<>();
        private final Map<String, MethodNode> methods = new LinkedHashMap<>();
        private final Map<String, MethodVisitor> writers = new HashMap<>();
        private String className;
        private boolean finalClass;
        private boolean changed;

        PollingClass(ClassVisitor next, Map<String, Integer> codeLengths, Set<String> tooLarge) {
            super(API, next);
            this.codeLengths = codeLengths;
            this.tooLarge = tooLarge;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            className = name;
            finalClass = (access & Opcodes.ACC_FINAL) != 0;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
            if (!hasCode || tooLarge.contains(name + descriptor)) {
                return next;
            }
            return new MethodNode(API, access, name, descriptor, signature, exceptions) {
                private boolean inCode;

                @Override
                public void visitCode() {
                    inCode = true;
                }

                @Override
                public void visitAttribute(Attribute unknown) {
                    // One of the code may hold positions in it, which would be wrong now, and would be moved to the
                    // method.
                    if (!inCode) {
                        super.visitAttribute(unknown);
                    }
                }

                @Override
                public void visitEnd() {
                    methods.put(name + descriptor, this);
                    writers.put(name + descriptor, next);
                }
            };
        }

        /** Not before all methods have been read: where one polls depends on those it calls. */
        @Override
        public void visitEnd() {
            Map<String, Integer> stripped = new HashMap<>();
            methods.forEach((key, method) -> stripped.put(key, PollInserter.strip(method)));
            Effects effects = new Effects(className, finalClass, Map.copyOf(methods));
            methods.forEach((key, method) -> {
                CleanupRegions regions = putPolls(key, method, effects, stripped.get(key));
                method.accept(writers.get(key));
                int[] positions = regions.positions();
                if (positions.length > 0) {
                    cleanup.put(key, positions);
                }
            });
            super.visitEnd();
        }

        private CleanupRegions putPolls(String key, MethodNode method, Effects effects, int stripped) {
            int codeLength = codeLengths.get(key) - stripped * PollBudget.POLL_BYTES;
            ControlFlow flow = ControlFlow.of(method);
            PollPlacement.Placement placed = placement.place(method, flow, effects, codeLength);
            int newLength = codeLength + placed.sites().size() * PollBudget.POLL_BYTES;
            CleanupRegions regions = CleanupRegions.mark(method, flow, newLength);
            PollInserter.insert(method, placed.sites(), stubs.apply(className));
            changed |= !placed.sites().isEmpty() || stripped > 0;
            for (PollSite site : placed.sites()) {
                polls.merge(site.kind(), 1, Integer::sum);
            }
            placed.elided().forEach((kind, count) -> elided.merge(kind, count, Integer::sum));
            if (placed.thinned() > 0) {
                thinned.add(new Rewriting.LeftAlone(
                        className + "." + key,
                        placed.thinned() + " polls left out: the method would become too large"));
            }
            return regions;
        }
    }
}
