package dev.checkrein.agent.rewrite;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Stands in for the stub in methods that a test runs: counts polls and the instructions between them. One thread only. */
public final class CountingPolls {
    private static long sincePoll;
    private static long mostWithoutPoll;
    private static long polls;

    private CountingPolls() {}

    /** The class with its polls sent here instead of to the stub, which a test's JVM does not have. */
    static byte[] in(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call && call.owner.equals(PollKind.STUB)) {
                    call.owner = CountingPolls.class.getName().replace('.', '/');
                }
            }
        }
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }

    static void reset() {
        sincePoll = 0;
        mostWithoutPoll = 0;
        polls = 0;
    }

    static long polls() {
        return polls;
    }

    static long mostWithoutPoll() {
        return mostWithoutPoll;
    }

    /** Called before each instruction. */
    public static void tick() {
        mostWithoutPoll = Math.max(mostWithoutPoll, ++sincePoll);
    }

    public static void atLoop() {
        poll();
    }

    public static void atEntry() {
        poll();
    }

    public static void atAllocation() {
        poll();
    }

    public static void atReturn() {
        poll();
    }

    private static void poll() {
        polls++;
        sincePoll = 0;
    }
}
