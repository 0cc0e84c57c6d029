package dev.checkrein.agent.rewrite;

import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * A place for a poll in a method.
 *
 * @param instruction what the poll stands beside; null for the beginning of the method, before everything in it
 * @param after whether it stands after that instruction rather than before it
 */
record PollSite(PollKind kind, AbstractInsnNode instruction, boolean after) {
    static PollSite atBeginning(PollKind kind) {
        return new PollSite(kind, null, false);
    }

    static PollSite before(PollKind kind, AbstractInsnNode instruction) {
        return new PollSite(kind, instruction, false);
    }

    static PollSite after(PollKind kind, AbstractInsnNode instruction) {
        return new PollSite(kind, instruction, true);
    }
}
