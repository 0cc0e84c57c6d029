package dev.checkrein.it.corpus.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javassist.bytecode.AttributeInfo;
import javassist.bytecode.LineNumberAttribute;
import javassist.bytecode.LocalVariableAttribute;
import javassist.bytecode.Opcode;
import javassist.bytecode.StackMapTable;

/** Whether a method's code is the old one once the polls are taken out again, and all that points into it points as before. */
final class CodeComparison {
    private static final int NOWHERE = -1;

    /** Its attribute's header and a count of none. */
    private static final int EMPTY_TABLE = 8;

    private static final Set<String> KNOWN = Set.of(
            "LineNumberTable",
            "LocalVariableTable",
            "LocalVariableTypeTable",
            "StackMapTable",
            "RuntimeVisibleTypeAnnotations",
            "RuntimeInvisibleTypeAnnotations");

    private final Code before;
    private final Code after;
    private final Consumer<String> findings;

    /** From each position afterwards to that before; a poll's is that of what follows it. */
    private final Map<Integer, Integer> old = new HashMap<>();

    CodeComparison(Code before, Code after, Consumer<String> findings) {
        this.before = before;
        this.after = after;
        this.findings = findings;
    }

    /** @param initial the frame that the method begins with */
    void run(Frames.Frame initial) {
        List<Instruction> rest =
                after.instructions.stream().filter(i -> !i.isPoll()).toList();
        if (!align(rest)) {
            return;
        }
        compare("max_stack", before.attribute.getMaxStack(), after.attribute.getMaxStack());
        compare("max_locals", before.attribute.getMaxLocals(), after.attribute.getMaxLocals());
        compare("exception table", ranges(before, false), ranges(after, true));
        compare("line numbers", lines(before, false), lines(after, true));
        for (String tag : List.of(LocalVariableAttribute.tag, LocalVariableAttribute.typeTag)) {
            compare(tag, variables(before, tag, false), variables(after, tag, true));
        }
        compareFrames(initial);
        compare("attributes of the code", attributes(before), attributes(after));
    }

    private void compare(String what, Object one, Object other) {
        if (!one.equals(other)) {
            findings.accept(what + " changed from " + one + " to " + other);
        }
    }

    /** Walks through both side by side, and notes which is which. */
    private boolean align(List<Instruction> rest) {
        List<int[]> jumps = new ArrayList<>(); // number before, number after
        int j = 0;
        for (int i = 0; i < before.instructions.size(); i++, j++) {
            if (j >= rest.size()) {
                findings.accept("code is missing at the end");
                return false;
            }
            Instruction was = before.instructions.get(i);
            Instruction is = rest.get(j);
            old.put(is.at(), was.at());
            boolean widened = j + 1 < rest.size()
                    && is.opcode() == opposite(was.opcode())
                    && rest.get(j + 1).opcode() == Opcode.GOTO;
            if (widened) {
                j++;
                old.put(rest.get(j).at(), NOWHERE);
            } else if (is.opcode() != was.opcode()
                    || is.variable() != was.variable()
                    || !is.operand().equals(was.operand())) {
                findings.accept("instruction changed from " + was + " to " + is);
                return false;
            }
            jumps.add(new int[] {i, j});
        }
        if (j != rest.size()) {
            findings.accept("there is more code than before");
            return false;
        }
        mapPolls();
        for (int[] jump : jumps) {
            int[] was = before.instructions.get(jump[0]).targets();
            int[] is = Arrays.stream(rest.get(jump[1]).targets()).map(this::map).toArray();
            if (!Arrays.equals(was, is)) {
                findings.accept("jump at " + before.instructions.get(jump[0]).at() + " led to " + Arrays.toString(was)
                        + " and leads to " + Arrays.toString(is));
            }
        }
        return true;
    }

    private void mapPolls() {
        int next = before.attribute.getCodeLength();
        old.put(after.attribute.getCodeLength(), next);
        for (int i = after.instructions.size() - 1; i >= 0; i--) {
            Instruction instruction = after.instructions.get(i);
            if (instruction.isPoll()) {
                old.put(instruction.at(), next);
            } else {
                next = old.get(instruction.at());
            }
        }
    }

    private int map(int position) {
        return old.getOrDefault(position, NOWHERE);
    }

    private static int opposite(int opcode) {
        if (opcode == Opcode.IFNULL || opcode == Opcode.IFNONNULL) {
            return Opcode.IFNULL + Opcode.IFNONNULL - opcode;
        }
        boolean conditional = opcode >= Opcode.IFEQ && opcode <= Opcode.IF_ACMPNE;
        return conditional ? ((opcode + 1) ^ 1) - 1 : NOWHERE; // they stand in pairs, from an odd number on
    }

    private List<String> ranges(Code code, boolean map) {
        return code.ranges.stream()
                .map(range -> at(range.start(), map) + "-" + at(range.end(), map) + " to " + at(range.handler(), map)
                        + " for " + range.type())
                .filter(range -> !isEmpty(range))
                .toList();
    }

    /** A range of nothing protects nothing; it is written by obfuscators, and not kept. */
    private static boolean isEmpty(String range) {
        return range.matches("(\\d+)-\\1 to .*");
    }

    private int at(int position, boolean map) {
        return map ? map(position) : position;
    }

    private List<String> lines(Code code, boolean map) {
        List<String> lines = new ArrayList<>();
        for (AttributeInfo info : code.attribute.getAttributes()) {
            if (info instanceof LineNumberAttribute table) {
                for (int i = 0; i < table.tableLength(); i++) {
                    boolean ofThePoll = map
                            && table.startPc(i) == 0
                            && after.instructions.get(0).isPoll();
                    if (!ofThePoll) {
                        lines.add(at(table.startPc(i), map) + " is " + table.lineNumber(i));
                    }
                }
            }
        }
        lines.sort(null);
        return lines;
    }

    private List<String> variables(Code code, String tag, boolean map) {
        List<String> variables = new ArrayList<>();
        for (AttributeInfo info : code.attribute.getAttributes()) {
            if (info instanceof LocalVariableAttribute table && info.getName().equals(tag)) {
                for (int i = 0; i < table.tableLength(); i++) {
                    int start = table.startPc(i);
                    int end = start + table.codeLength(i);
                    variables.add(at(start, map) + "-" + at(end, map) + " " + table.index(i) + " "
                            + table.variableName(i) + " " + table.descriptor(i));
                }
            }
        }
        variables.sort(null);
        return variables;
    }

    private void compareFrames(Frames.Frame initial) {
        List<Frames.Frame> was = Frames.of(map(before), initial, position -> position);
        List<Frames.Frame> is = Frames.of(map(after), initial, this::map);
        is.removeIf(frame -> frame.at() == NOWHERE || madeByWidening(frame, was));
        compare("stack map", was, is);
        for (int position : Frames.namedAllocations(map(after), initial)) {
            Integer index = after.index(position);
            if (index == null || after.instructions.get(index).opcode() != Opcode.NEW) {
                findings.accept("a stack map names a new at " + position + ", where there is none");
            }
        }
    }

    private boolean madeByWidening(Frames.Frame frame, List<Frames.Frame> was) {
        return old.containsValue(NOWHERE) && was.stream().noneMatch(other -> other.at() == frame.at());
    }

    private static StackMapTable map(Code code) {
        return (StackMapTable) code.attribute.getAttribute(StackMapTable.tag);
    }

    /** Empty tables need not be kept. Nor may those that nobody knows: they could hold positions. */
    private static List<String> attributes(Code code) {
        return code.attribute.getAttributes().stream()
                .filter(attribute -> KNOWN.contains(attribute.getName()) && attribute.length() > EMPTY_TABLE)
                .map(AttributeInfo::getName)
                .distinct()
                .sorted()
                .toList();
    }
}
