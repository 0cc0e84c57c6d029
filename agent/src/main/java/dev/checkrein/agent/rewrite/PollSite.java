package dev.checkrein.agent.rewrite;

import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * A place for a poll in a method.
 *
 * @param instruction what the poll stands beside; null for the beginning of the method, before everything in it
 * @param after whether it stands after that instruction rather than before it
 */
record PollSite(PollKind kind, AbstractInsnNode instruction, boolean after) {
    static PollSite atEntry() {
        return new PollSite(PollKind.ENTRY, null, false);
    }

    static PollSite before(AbstractInsnNode jump) {
        return new PollSite(PollKind.LOOP, jump, false);
    }

    static PollSite after(AbstractInsnNode allocation) {
        return new PollSite(PollKind.ALLOCATION, allocation, true);
    }
}
