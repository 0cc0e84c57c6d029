package dev.checkrein.it.corpus.audit;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.ClassFile;
import javassist.bytecode.MethodInfo;
import javassist.bytecode.Opcode;

/** Whether a rewritten method has the polls it should have. */
final class PollAudit {
    /** A few of the calls that block without doubt: what their names begin with. */
    private static final List<String> BLOCKING = List.of(
            "java.lang.Object.wait(",
            "java.lang.Thread.sleep(",
            "java.lang.Thread.join(",
            "java.util.concurrent.locks.Lock.lock(",
            "java.util.concurrent.locks.LockSupport.park(",
            "java.util.concurrent.BlockingQueue.take(",
            "java.util.concurrent.Future.get(",
            "java.io.InputStream.read(",
            "java.net.ServerSocket.accept(");

    private final ClassFile file;
    private final MethodInfo method;
    private final Code code;
    private final Graph graph;
    private final Predicate<String> rewritten;
    private final Consumer<String> findings;

    PollAudit(ClassFile file, MethodInfo method, Code code, Predicate<String> rewritten, Consumer<String> findings) {
        this.file = file;
        this.method = method;
        this.code = code;
        this.graph = new Graph(code);
        this.rewritten = rewritten;
        this.findings = findings;
    }

    void run() {
        checkEntry();
        for (Set<Integer> cycle : graph.cyclesWithoutPoll()) {
            if (!new CountedLoop(graph, cycle).isShort()) {
                findings.accept("cycle without a poll from "
                        + graph.at(cycle.stream().min(Integer::compare).orElseThrow())
                                .at());
            }
        }
        Set<Integer> effects = new Effects(file, method, code).all();
        for (int i = 0; i < graph.size(); i++) {
            Instruction instruction = graph.at(i);
            if (instruction.allocates() && !isCovered(i)) {
                findings.accept("allocation without a poll at " + instruction.at());
            }
            if (mayBlock(instruction)) {
                checkReturn(i);
            }
            if (isCallOfRewritten(instruction) && effects.contains(i)) {
                checkHandlers(i); // what it calls in its turn may block and throw
            }
        }
    }

    private void checkEntry() {
        List<Integer> polls = IntStream.range(0, graph.size())
                .filter(node -> "atEntry".equals(graph.at(node).poll()))
                .boxed()
                .toList();
        if (polls.size() > 1) {
            findings.accept("several polls at the entry");
        }
        boolean lambda = (method.getAccessFlags() & AccessFlag.SYNTHETIC) != 0
                && method.getName().startsWith("lambda$");
        if (lambda && !polls.contains(0)) {
            findings.accept("no poll at the entry of a lambda's body");
        }
        Set<Integer> free = graph.reachedWithout(polls);
        free.retainAll(new Effects(file, method, code).all());
        free.forEach(effect -> findings.accept(
                "no poll at the entry before the effect at " + graph.at(effect).at()));
        polls.forEach(this::checkPlaceOfEntryPoll);
    }

    private void checkPlaceOfEntryPoll(int poll) {
        int at = graph.at(poll).at();
        if (code.ranges.stream().anyMatch(range -> range.start() <= at && at < range.end())) {
            findings.accept("the poll at the entry is in an exception range");
        }
        if (poll == 0 && graph.targets.get(0) || graph.isInLoop(poll)) {
            findings.accept("the poll at the entry may run twice");
        }
    }

    private boolean isCovered(int allocation) {
        for (int i = allocation;
                i > 0 && !graph.targets.get(i) && !graph.at(i - 1).endsLine();
                i--) {
            if (mayCancel(i - 1)) {
                return true;
            }
        }
        for (int i = allocation + 1;
                i < graph.size() && !graph.targets.get(i) && !graph.at(i - 1).endsLine();
                i++) {
            if (mayCancel(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayCancel(int node) {
        return graph.at(node).mayCancel();
    }

    private boolean mayBlock(Instruction instruction) {
        boolean call = instruction.opcode() >= Opcode.INVOKEVIRTUAL && instruction.opcode() <= Opcode.INVOKEINTERFACE;
        if (instruction.opcode() == Opcode.MONITORENTER) {
            return true;
        }
        if (!call || BLOCKING.stream().noneMatch(instruction.operand()::startsWith)) {
            return call
                    && isCallOfRewritten(instruction)
                    && instruction.operand().contains(".sleep(");
        }
        return !rewritten.test(owner(instruction));
    }

    private boolean isCallOfRewritten(Instruction instruction) {
        return instruction.opcode() >= Opcode.INVOKEVIRTUAL
                && instruction.opcode() <= Opcode.INVOKEINTERFACE
                && !instruction.isPoll()
                && rewritten.test(owner(instruction));
    }

    private static String owner(Instruction call) {
        String name = call.operand().substring(0, call.operand().indexOf('('));
        return name.substring(0, name.lastIndexOf('.'));
    }

    private void checkReturn(int call) {
        if (!startsWithReturnPoll(call + 1) && !startsWithReturnPoll(whereProtectionBegins(call))) {
            findings.accept("no poll behind what may block at " + graph.at(call).at());
        }
        if (graph.at(call).opcode() != Opcode.MONITORENTER) { // a thread that is refused the lock has not got it
            checkHandlers(call);
        }
    }

    private void checkHandlers(int call) {
        for (Code.Range range : code.ranges) {
            if (range.start() <= graph.at(call).at()
                    && graph.at(call).at() < range.end()
                    && !startsWithReturnPoll(code.index(range.handler()))
                    && !startsWithReturnPoll(behindWhatItProtectsItself(range.handler()))
                    && !startsWithReturnPoll(behindMonitorExit(range.handler()))) {
                findings.accept("no poll where an exception of what may block is caught, at " + range.handler());
            }
        }
    }

    /** Behind a {@code monitorenter}, with nothing before it that could throw; else the instruction behind. */
    private int whereProtectionBegins(int monitorEnter) {
        for (int node = monitorEnter + 1; node < graph.size() && !graph.at(node).endsLine(); node++) {
            int at = graph.at(node).at();
            if (code.ranges.stream().anyMatch(range -> range.start() == at)) {
                return node;
            }
            if (graph.at(node).mayThrow() && !graph.at(node).isPoll()) {
                break;
            }
        }
        return monitorEnter + 1;
    }

    /** Nor may it stand before the {@code monitorexit} that a handler begins with. */
    private int behindMonitorExit(int handler) {
        int node = code.index(handler);
        while (!graph.at(node).mayThrow() && !graph.at(node).endsLine()) {
            if (graph.at(node++).opcode() == Opcode.MONITOREXIT) {
                return node;
            }
        }
        return code.index(handler);
    }

    /** A poll in a handler's own range would keep the JIT from compiling the method. */
    private int behindWhatItProtectsItself(int handler) {
        return code.ranges.stream()
                .filter(range -> range.handler() == handler && range.start() <= handler && handler < range.end())
                .mapToInt(range -> code.index(range.end()))
                .max()
                .orElse(code.index(handler));
    }

    /** Polls of other kinds may stand before it. */
    private boolean startsWithReturnPoll(int node) {
        int i = node;
        while (i < graph.size() && graph.at(i).isPoll() && !isReturnPoll(i)) {
            i++;
        }
        return i < graph.size() && isReturnPoll(i);
    }

    private boolean isReturnPoll(int node) {
        return "atReturn".equals(graph.at(node).poll());
    }
}
