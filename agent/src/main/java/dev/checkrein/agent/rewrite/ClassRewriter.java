package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
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
    private final ScopeTable scopes;

    public ClassRewriter(RewriteOptions options) {
        this.placement = new PollPlacement(options);
        this.stubs = options.stubs();
        this.scopes = options.scopes();
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
        Set<String> tight = new HashSet<>();
        Set<String> tooLarge = new HashSet<>();
        List<Rewriting.LeftAlone> leftAlone = new ArrayList<>();
        while (true) {
            try {
                return rewrite(reader, tight, tooLarge, leftAlone);
            } catch (MethodTooLargeException e) {
                String method = e.getMethodName() + e.getDescriptor();
                if (tight.add(method)) {
                    continue; // jumps have grown, too: with fewer polls
                }
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

    private Rewriting rewrite(
            ClassReader reader, Set<String> tight, Set<String> tooLarge, List<Rewriting.LeftAlone> leftAlone) {
        // Copies the constant pool and asks for neither frames nor maxima: no class is ever loaded to compute them.
        ClassWriter writer = new ClassWriter(reader, 0);
        PollingClass visitor = new PollingClass(writer, CodeLengths.of(reader), tight, tooLarge);
        reader.accept(visitor, 0);
        byte[] classFile = visitor.changed ? writer.toByteArray() : null;
        List<Rewriting.LeftAlone> all = new ArrayList<>(leftAlone);
        all.addAll(visitor.leftAlone);
        return new Rewriting(
                classFile,
                visitor.polls.toMap(),
                visitor.elided.toMap(),
                List.copyOf(all),
                visitor.cleanup,
                visitor.scoped);
    }

    private static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | (bytes[at + 3] & 0xFF);
    }

    private final class PollingClass extends ClassVisitor {
        private final Set<String> tight;
        private final Set<String> tooLarge;
        private final int[] codeLengths;
        private final PollCounts polls = new PollCounts();
        private final PollCounts elided = new PollCounts();
        private final Map<String, int[]> cleanup = new HashMap<>();
        private final List<Rewriting.LeftAlone> leftAlone = new ArrayList<>();
        private final List<MethodNode> methods = new ArrayList<>();
        private final Set<String> handled = new HashSet<>();
        private int visited;
        private int version;
        private String className;

        /** As {@link #className}, with dots. */
        private String dottedName;

        private boolean finalClass;
        private boolean changed;
        private int scoped;

        /** Null until there is a poll: asking for it may define it. */
        private String stub;

        /**
         * @param tight methods that are to have room for jumps to grow
         * @param tooLarge methods that are to stay as they are
         */
        PollingClass(ClassVisitor next, int[] codeLengths, Set<String> tight, Set<String> tooLarge) {
            super(API, next);
            this.codeLengths = codeLengths;
            this.tight = tight;
            this.tooLarge = tooLarge;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            this.version = version;
            className = name;
            dottedName = name.replace('/', '.');
            finalClass = (access & Opcodes.ACC_FINAL) != 0;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            int codeLength = codeLengths[visited++];
            boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
            if (!hasCode || !tooLarge.isEmpty() && tooLarge.contains(name + descriptor)) {
                return next;
            }
            if (codeLength == 0) {
                throw new IllegalArgumentException("no code in " + name + descriptor);
            }
            PolledMethod method = new PolledMethod(access, name, descriptor, signature, exceptions, codeLength, next) {
                @Override
                public void visitInvokeDynamicInsn(
                        String name, String descriptor, Handle bootstrap, Object... arguments) {
                    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
                    noteHandles(arguments);
                }
            };
            methods.add(method);
            return method;
        }

        private void noteHandles(Object[] arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle handle && handle.getOwner().equals(className)) {
                    handled.add(handle.getName() + handle.getDesc());
                }
            }
        }

        /** Not before all methods have been read: where one polls depends on those it calls. */
        @Override
        public void visitEnd() {
            for (MethodNode method : methods) {
                ((PolledMethod) method).strip();
            }
            scopes.onlyMethodOf(dottedName).ifPresent(this::missScopedMethod);
            Effects effects = new Effects(className, finalClass, methods, handled);
            for (MethodNode method : methods) {
                putPolls((PolledMethod) method, effects);
            }
            super.visitEnd();
        }

        /** A method that cannot be analysed stays as it is, and its class is rewritten all the same. */
        private void putPolls(PolledMethod method, Effects effects) {
            PollPlacement.Placement placed;
            CleanupRegions regions;
            boolean withScope;
            try {
                ControlFlow flow = ControlFlow.of(method);
                boolean hasToGrow = !tight.isEmpty() && tight.contains(method.name + method.desc);
                withScope = isScoped(method) && hasRoomForScope(method, flow);
                int length = method.codeLength + (withScope ? ScopeInserter.bytes(method) : 0);
                placed = placement.place(method, flow, effects, length, hasToGrow);
                int newLength = length + placed.sites().size() * PollBudget.POLL_BYTES;
                regions = CleanupRegions.mark(method, flow, newLength);
            } catch (RuntimeException e) {
                leaveAlone(method, "could not be analysed: " + e);
                changed |= method.stripped > 0;
                method.accept(method.next);
                return;
            }
            insert(method, placed);
            if (withScope) {
                insertScope(method);
            }
            method.accept(method.next);
            int[] positions = regions.positions();
            if (positions.length > 0) {
                cleanup.put(method.name + method.desc, positions);
            }
        }

        private void insert(PolledMethod method, PollPlacement.Placement placed) {
            List<PollSite> sites = placed.sites();
            if (!sites.isEmpty()) {
                stub = stub != null ? stub : stubs.apply(className);
                PollInserter.insert(method, sites, stub);
            }
            changed |= !sites.isEmpty() || method.stripped > 0;
            for (int i = 0; i < sites.size(); i++) {
                polls.add(sites.get(i).kind(), 1);
            }
            elided.add(placed.elided());
            if (placed.thinned() > 0) {
                leaveAlone(method, placed.thinned() + " polls left out: the method would become too large");
            }
        }

        private boolean isScoped(MethodNode method) {
            return scopes.contains(dottedName, method.name) && ScopeInserter.canHave(method.access, method.name);
        }

        /** As a poll, it must not make a method one that the JIT leaves alone. */
        private boolean hasRoomForScope(PolledMethod method, ControlFlow flow) {
            boolean fits = PollBudget.hasRoom(ScopeInserter.bytes(method), method.codeLength, flow.switches());
            if (!fits) {
                leaveAlone(method, "no scope: the method would become too large");
            }
            return fits;
        }

        private void insertScope(MethodNode method) {
            int number = scopes.number(dottedName, method.name, method.desc, ScopeInserter.declaresTimeout(method));
            ScopeInserter.insert(method, number, version);
            scoped++;
            changed = true;
        }

        /** The user has named one in this very class: somebody has to say so if there is none that can have a scope. */
        private void missScopedMethod(String name) {
            for (MethodNode method : methods) {
                if (method.name.equals(name) && ScopeInserter.canHave(method.access, name)) {
                    return;
                }
            }
            leftAlone.add(new Rewriting.LeftAlone(
                    className + "." + name,
                    "no scope: there is no such method with code in the class; those that implement it have theirs"));
        }

        private void leaveAlone(MethodNode method, String reason) {
            leftAlone.add(new Rewriting.LeftAlone(className + "." + method.name + method.desc, reason));
        }
    }

    /** A method with code on its way from the reader to the writer. */
    private static class PolledMethod extends MethodNode {
        private final MethodVisitor next;
        private boolean inCode;
        private int codeLength;
        private int stripped;

        PolledMethod(
                int access,
                String name,
                String descriptor,
                String signature,
                String[] exceptions,
                int codeLength,
                MethodVisitor next) {
            super(API, access, name, descriptor, signature, exceptions);
            this.codeLength = codeLength;
            this.next = next;
        }

        @Override
        public void visitCode() {
            inCode = true;
        }

        @Override
        public void visitAttribute(Attribute unknown) {
            // One of the code may hold positions in it, which would be wrong now, and would be moved to the method.
            if (!inCode) {
                super.visitAttribute(unknown);
            }
        }

        void strip() {
            stripped = PollInserter.strip(this);
            int ofScope = ScopeInserter.strip(this);
            codeLength -= stripped * PollBudget.POLL_BYTES + ofScope;
            stripped += ofScope > 0 ? 1 : 0;
        }
    }
}
