package dev.checkrein.agent.rewrite;

import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Where a thread that was blocked outside rewritten code comes back into it: behind a call that may block, at the beginning
 * of a handler that catches from any call, since an exception may have come a long way, and behind {@code monitorenter}. And where it
 * comes back from a method that shields it from requests, which can be delivered then. A pause counts a blocked thread as stopped, so it must
 * poll here before it does anything. These polls freeze and never cancel: an error thrown between {@code lock()} and the
 * {@code try} behind it would lose the lock.
 *
 * <p>In the handler of a {@code synchronized} block the poll stands behind {@code monitorexit}. A
 * thread that was stopped while it held the lock and comes back by an exception may so let it go during a pause, and no more.
 *
 * <p>Behind {@code monitorenter} the poll stands inside the range that the block's handler protects, before the first
 * instruction in it. Between the two the JIT would refuse the method.
 *
 * <p>Who owns a method is known by the name in the call alone. A class that is rewritten may inherit one that is not:
 * {@link BlockingCalls#mayBeInherited} tells by the names of those that do block. A collection that is called by an interface of
 * {@code java.util} may be a synchronized one, and what {@code invokedynamic} leads to is anybody's guess: behind these there is no
 * poll, and what a pause knows of threads that are blocked there it knows from whom they wait for.
 *
 * <p>What no poll can promise: {@code new}, {@code getstatic}, {@code putstatic}, {@code ldc}, {@code checkcast},
 * {@code instanceof}, {@code invokestatic} and {@code invokedynamic} may load or initialise a class and block in that without
 * being a call. A thread that comes out of it during a pause finishes that one instruction, and goes on to its next poll.
 */
final class ReturnPolls {
    /** Classes call a few others again and again. Enough for those, and small. */
    private static final int SLOTS = 1 << 10;

    private static final int SLOT_SHIFT = Integer.SIZE - 10;

    private final Predicate<String> rewritten;
    private final BiPredicate<String, String> shields;

    /**
     * What has been found of owners of calls, the last one of each slot. Written and read without order: elements are
     * immutable, and one that is not seen is found once more.
     */
    private final Owner[] owners = new Owner[SLOTS];

    /**
     * An owner of calls.
     *
     * @param name as in class files
     * @param blocking its calls that may block unseen; null if it is rewritten, so that just what it inherits may
     */
    private record Owner(String name, BlockingCalls blocking) {}

    /**
     * Polls for the given classes.
     *
     * @param rewritten which classes, by internal name, are rewritten themselves: calls to them need no poll behind
     * @param shields which methods, by the internal name of their class and by their own, shield
     */
    ReturnPolls(Predicate<String> rewritten, BiPredicate<String, String> shields) {
        this.rewritten = rewritten;
        this.shields = shields;
    }

    /** Adds them to the sites. */
    void place(ControlFlow flow, List<PollSite> sites) {
        BitSet polled = null; // handlers
        for (int position = 0; position < flow.size(); position++) {
            AbstractInsnNode instruction = flow.instruction(position);
            if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                sites.add(PollSite.before(PollKind.RETURN, behindMonitorEnter(flow, position)));
            } else if (isCall(instruction)) {
                if (instruction instanceof MethodInsnNode call
                        && (mayBlock(call) || shields.test(call.owner, call.name))) {
                    sites.add(PollSite.after(PollKind.RETURN, instruction));
                }
                for (int handler : flow.handlers(position)) {
                    polled = polled != null ? polled : new BitSet(flow.size());
                    if (!polled.get(handler)) {
                        polled.set(handler);
                        sites.add(PollSite.before(PollKind.RETURN, placeInHandler(flow, handler)));
                    }
                }
            }
        }
    }

    /** Any but those that neither block nor throw what somebody threw who did. */
    private static boolean isCall(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                ? !CallsWithoutEffect.contain(call)
                : instruction.getOpcode() == Opcodes.INVOKEDYNAMIC;
    }

    /**
     * The first instruction, or the one with which the protection begins: Clojure has harmless ones before it, and a poll among
     * them could throw where nothing lets the monitor go.
     */
    private static AbstractInsnNode behindMonitorEnter(ControlFlow flow, int monitorEnter) {
        for (int position = monitorEnter + 1; position < flow.size(); position++) {
            if (flow.beginsRange(position)) {
                return LoopPolls.firstInstruction(flow, position);
            }
            if (flow.canThrow(position)
                    || flow.instruction(position).getOpcode() == Opcodes.MONITOREXIT
                    || flow.endsLine(position)
                    || flow.isJumpTarget(position)) {
                break;
            }
        }
        return LoopPolls.firstInstruction(flow, monitorEnter + 1);
    }

    /**
     * The handler's first instruction, or the first one behind the part of it that it protects itself: C1 refuses a method
     * ("exception handler covers itself") in which the beginning of a handler throws to that same handler. Where old compilers
     * let it protect nothing, both compilers refuse it for a poll before its {@code monitorexit} ("unbalanced monitors").
     */
    private static AbstractInsnNode placeInHandler(ControlFlow flow, int handler) {
        int first = LoopPolls.firstPosition(flow, handler);
        int place = behindMonitorExit(flow, first);
        for (ControlFlow.Range range : flow.ranges()) {
            if (range.handler() == handler && range.start() <= first && first < range.end()) {
                place = Math.max(place, range.end());
            }
        }
        for (int position = first; position < place; position++) {
            if (flow.endsLine(position) || flow.isJumpTarget(position)) {
                return flow.instruction(first); // nowhere to go: better refused by the JIT than without a poll
            }
        }
        return LoopPolls.firstInstruction(flow, place);
    }

    /** Behind the {@code monitorexit} that the line there begins with, if it does; else there. */
    private static int behindMonitorExit(ControlFlow flow, int first) {
        int position = first;
        while (!flow.endsLine(position) && !flow.canThrow(position)) {
            if (flow.instruction(position++).getOpcode() == Opcodes.MONITOREXIT) {
                return position;
            }
        }
        return first;
    }

    private boolean mayBlock(MethodInsnNode call) {
        int slot = (call.owner.hashCode() * 0x9E3779B9) >>> SLOT_SHIFT;
        Owner owner = owners[slot];
        if (owner == null || !owner.name.equals(call.owner)) {
            owner = new Owner(call.owner, rewritten.test(call.owner) ? null : BlockingCalls.of(call.owner));
            owners[slot] = owner;
        }
        return owner.blocking == null
                ? BlockingCalls.mayBeInherited(call.name, call.desc)
                : owner.blocking.contain(call.name);
    }
}
