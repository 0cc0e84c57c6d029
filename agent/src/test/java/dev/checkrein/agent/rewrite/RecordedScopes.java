package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Stands in for the stub of scopes in methods that a test runs. One thread only. */
public final class RecordedScopes implements ScopeTable {
    private static final List<String> EVENTS = new ArrayList<>();
    private static RuntimeException atExit;
    private static boolean replacing;

    private final List<String> methods = new ArrayList<>();
    private final String only;

    /** @param only the one method, of the one class there is, that the user has named; null for all methods */
    RecordedScopes(String only) {
        this.only = only;
    }

    @Override
    public boolean contains(String className, String method) {
        return only == null || only.equals(method);
    }

    @Override
    public Optional<String> onlyMethodOf(String className) {
        return Optional.ofNullable(only);
    }

    @Override
    public int number(String className, String method, String descriptor, boolean throwsTimeout) {
        String name = method + descriptor + (throwsTimeout ? " throws" : "");
        if (!methods.contains(name)) {
            methods.add(name);
        }
        return methods.indexOf(name);
    }

    /** By their numbers. */
    List<String> methods() {
        return methods;
    }

    /** The class with its polls and scopes sent to the tests' stand-ins. */
    static byte[] in(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call && call.owner.equals(ScopeInserter.STUB)) {
                    call.owner = RecordedScopes.class.getName().replace('.', '/');
                }
            }
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return CountingPolls.in(writer.toByteArray());
    }

    static void reset() {
        EVENTS.clear();
        atExit = null;
        replacing = false;
    }

    /** As if calls were asked to end just before they have. */
    static void throwAtExit(RuntimeException thrown) {
        atExit = thrown;
    }

    /** As if calls were asked to end, and ended by throwing. */
    static void replaceWhatIsThrown() {
        replacing = true;
    }

    static List<String> events() {
        return List.copyOf(EVENTS);
    }

    public static void enter(int number) {
        EVENTS.add("enter " + number);
    }

    public static void exit() {
        EVENTS.add("exit");
        if (atExit != null) {
            throw atExit;
        }
    }

    public static Throwable failed(Throwable thrown) {
        EVENTS.add("failed " + thrown.getMessage());
        return replacing ? new IllegalStateException("instead", thrown) : thrown;
    }
}
