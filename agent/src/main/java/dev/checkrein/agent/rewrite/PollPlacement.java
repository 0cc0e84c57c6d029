package dev.checkrein.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Where polls go. This is the rule; everything else in this package follows from it.
 *
 * <ol>
 *   <li><b>Loops.</b> Every cycle in the control-flow graph has a poll on it, exceptions included. It stands at the bottom:
 *       on the edge that goes back, just before the jump, so that a loop polls once a turn and entering it does not. Those edges
 *       are found by a walk through the graph, depth first: it goes back to a position it is still inside of once for each loop,
 *       and at least once for every cycle whatsoever. For a cycle is entered somewhere first, all of it is reached from there
 *       before the walk leaves that position, and so is the edge that closes it. So a poll on each of those edges is a poll on
 *       every cycle, irreducible ones included ({@link LoopPolls}). A loop that can be seen to be over after a few turns needs no
 *       poll ({@link ShortLoops}), provided no loop is inside it.
 *   <li><b>Entries.</b> Every method polls before it does anything that could be noticed, once, outside its loops and before
 *       any of its exception ranges begins, so that what is thrown there is thrown at the caller. Ways through a method on
 *       which nothing is done, and methods with no others, accessors, need no poll ({@link EntryPolls}). So every recursion
 *       polls, every effect is behind a poll, and endless code outside that calls back, a sort or a stream, meets one, unless
 *       nothing is done by what it calls.
 *   <li><b>Allocations.</b> A poll follows the instruction that allocates. Not before it: stack maps name an uninitialised
 *       value by the position of its {@code new} (JVMS 4.10.1.4), and a label thought to mark that instruction would mark
 *       the poll. An allocation in a straight line of code that polls anyway needs none.
 *   <li><b>Returns.</b> Where a thread comes back that was blocked outside ({@link ReturnPolls}). These stay as they are.
 *   <li><b>Size.</b> No method becomes larger than the class file or the JIT can bear ({@link PollBudget}).
 * </ol>
 *
 * <p>With elision off the exceptions in 1, 2 and 3 are not made.
 *
 * <p><b>Between two polls</b> a thread therefore runs a path without a cycle, or a bounded number of turns of such paths: at
 * most the instructions of the method times {@link ShortLoops#MOST_TURNS} for each level that such loops stand beside one
 * another, plus the like in what it calls and comes back from without a poll, which calls no further, plus code that is not
 * rewritten.
 *
 * <p>A poll before a jump stands outside the range that a {@code synchronized} block protects, since compilers end that
 * range behind its {@code monitorexit}. Inside it the JIT would refuse the method for unbalanced monitors.
 */
final class PollPlacement {
    private final RewriteOptions options;
    private final ReturnPolls returns;

    PollPlacement(RewriteOptions options) {
        this.options = options;
        this.returns = new ReturnPolls(options.rewritten(), options.shields());
    }

    /**
     * The polls of a method.
     *
     * @param sites where they go, in no particular order
     * @param elided how many of each kind the naive placement would have had besides
     * @param thinned how many were left out for the size of the method
     */
    record Placement(List<PollSite> sites, PollCounts elided, int thinned) {}

    /**
     * Places them.
     *
     * @param codeLength the method's code as it is, in bytes
     * @param hasToGrow whether the method has proved to become too large by more than the polls themselves
     */
    Placement place(MethodNode method, ControlFlow flow, Effects effects, int codeLength, boolean hasToGrow) {
        List<PollSite> sites = new ArrayList<>();
        PollCounts elided = new PollCounts();
        boolean[] polls = new boolean[flow.size()];
        List<LoopPolls.BackEdge> backEdges = LoopPolls.backEdges(flow);
        if (options.wants(PollKind.ENTRY)) {
            PollSite entry =
                    options.elide() ? EntryPolls.place(method, flow, effects) : PollSite.atBeginning(PollKind.ENTRY);
            if (entry != null) {
                placeEntry(entry, method, flow, sites, polls);
            } else {
                elided.add(PollKind.ENTRY, 1);
            }
        }
        if (options.wants(PollKind.LOOP) && !backEdges.isEmpty()) {
            placeLoops(method, flow, backEdges, sites, elided, polls);
        }
        if (options.wants(PollKind.ALLOCATION) && flow.hasAllocations()) {
            placeAllocations(flow, sites, elided, polls);
        }
        returns.place(flow, sites);
        List<PollSite> fitting = PollBudget.fit(sites, codeLength, flow.switches(), hasToGrow);
        return new Placement(fitting, elided, sites.size() - fitting.size());
    }

    private static void placeEntry(
            PollSite site, MethodNode method, ControlFlow flow, List<PollSite> sites, boolean[] polls) {
        sites.add(site);
        if (site.instruction() == null) {
            polls[0] = !flow.isJumpTarget(0); // what jumps to the first instruction passes the poll by
        } else {
            markPolled(method, flow, site, polls);
        }
    }

    private void placeLoops(
            MethodNode method,
            ControlFlow flow,
            List<LoopPolls.BackEdge> backEdges,
            List<PollSite> sites,
            PollCounts elided,
            boolean[] polls) {
        ShortLoops shortLoops = new ShortLoops(flow, backEdges);
        List<PollSite> loops = new ArrayList<>();
        for (LoopPolls.BackEdge edge : backEdges) {
            if (options.elide() && shortLoops.closes(edge)) {
                elided.add(PollKind.LOOP, 1);
                continue;
            }
            PollSite site = LoopPolls.site(flow, edge);
            if (!isAmong(loops, site)) { // a switch can go back to several places
                loops.add(site);
                markPolled(method, flow, site, polls);
            }
        }
        sites.addAll(loops);
    }

    /** As {@code contains}, but that what a record brings for it is linked at its first use. */
    private static boolean isAmong(List<PollSite> sites, PollSite site) {
        for (int i = 0; i < sites.size(); i++) {
            PollSite other = sites.get(i);
            if (other.instruction() == site.instruction() && other.after() == site.after()) {
                return true;
            }
        }
        return false;
    }

    /** Marks the line that the poll stands in; a poll behind a conditional jump stands in a line of its own. */
    private static void markPolled(MethodNode method, ControlFlow flow, PollSite site, boolean[] polls) {
        int position = method.instructions.indexOf(site.instruction());
        if (!site.after() || !flow.endsLine(position)) {
            polls[position] = true;
        }
    }

    /** Goes through the method line by line, a line being code without a jump into it or out of it. */
    private void placeAllocations(ControlFlow flow, List<PollSite> sites, PollCounts elided, boolean[] polls) {
        List<AbstractInsnNode> inLine = new ArrayList<>();
        boolean polled = false;
        for (int position = 0; position < flow.size(); position++) {
            if (flow.isJumpTarget(position)) {
                placeAllocations(inLine, polled, sites, elided);
                polled = false;
            }
            polled |= polls[position];
            if (flow.allocates(position)) {
                inLine.add(flow.instruction(position));
            }
            if (flow.endsLine(position)) {
                placeAllocations(inLine, polled, sites, elided);
                polled = false;
            }
        }
        placeAllocations(inLine, polled, sites, elided);
    }

    private void placeAllocations(
            List<AbstractInsnNode> inLine, boolean polled, List<PollSite> sites, PollCounts elided) {
        int needed = !options.elide() ? inLine.size() : polled || inLine.isEmpty() ? 0 : 1;
        for (int i = 0; i < needed; i++) {
            sites.add(PollSite.after(PollKind.ALLOCATION, inLine.get(i)));
        }
        elided.add(PollKind.ALLOCATION, inLine.size() - needed);
        inLine.clear();
    }
}
