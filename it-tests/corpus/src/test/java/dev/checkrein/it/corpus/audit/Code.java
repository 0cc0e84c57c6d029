package dev.checkrein.it.corpus.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javassist.bytecode.BadBytecode;
import javassist.bytecode.ByteArray;
import javassist.bytecode.CodeAttribute;
import javassist.bytecode.CodeIterator;
import javassist.bytecode.ConstPool;
import javassist.bytecode.ExceptionTable;
import javassist.bytecode.Opcode;

/** A method's code, decoded. */
final class Code {
    private static final int[] NOWHERE = {};

    /** @param handler position of the handler */
    record Range(int start, int end, int handler, String type) {}

    final CodeAttribute attribute;
    final List<Instruction> instructions = new ArrayList<>();
    final List<Range> ranges = new ArrayList<>();
    private final Map<Integer, Integer> indexes = new HashMap<>();
    private final ConstPool pool;
    private final byte[] bytes;

    Code(CodeAttribute attribute) throws BadBytecode {
        this.attribute = attribute;
        this.pool = attribute.getConstPool();
        this.bytes = attribute.getCode();
        CodeIterator iterator = attribute.iterator();
        List<Integer> positions = new ArrayList<>();
        while (iterator.hasNext()) {
            positions.add(iterator.next());
        }
        positions.add(bytes.length);
        for (int i = 0; i + 1 < positions.size(); i++) {
            indexes.put(positions.get(i), i);
            instructions.add(decode(positions.get(i), positions.get(i + 1)));
        }
        ExceptionTable table = attribute.getExceptionTable();
        for (int i = 0; i < table.size(); i++) {
            String type = table.catchType(i) == 0 ? "any" : pool.getClassInfo(table.catchType(i));
            ranges.add(new Range(table.startPc(i), table.endPc(i), table.handlerPc(i), type));
        }
    }

    /** The instruction there, by its number; the number of instructions for the end of the code; null between two. */
    Integer index(int position) {
        return position == bytes.length ? Integer.valueOf(instructions.size()) : indexes.get(position);
    }

    private Instruction decode(int at, int next) {
        int opcode = u1(at);
        if (opcode >= Opcode.ILOAD_0 && opcode <= Opcode.ALOAD_3) {
            return local(at, Opcode.ILOAD + (opcode - Opcode.ILOAD_0) / 4, (opcode - Opcode.ILOAD_0) % 4);
        }
        if (opcode >= Opcode.ISTORE_0 && opcode <= Opcode.ASTORE_3) {
            return local(at, Opcode.ISTORE + (opcode - Opcode.ISTORE_0) / 4, (opcode - Opcode.ISTORE_0) % 4);
        }
        if (opcode >= Opcode.ILOAD && opcode <= Opcode.ALOAD
                || opcode >= Opcode.ISTORE && opcode <= Opcode.ASTORE
                || opcode == Opcode.RET) {
            return local(at, opcode, u1(at + 1));
        }
        if (opcode >= Opcode.IFEQ && opcode <= Opcode.JSR || opcode == Opcode.IFNULL || opcode == Opcode.IFNONNULL) {
            return new Instruction(at, opcode, -1, "", new int[] {at + s2(at + 1)});
        }
        return switch (opcode) {
            case Opcode.WIDE -> wide(at);
            case Opcode.IINC -> new Instruction(at, opcode, u1(at + 1), "" + bytes[at + 2], NOWHERE);
            case Opcode.BIPUSH -> plain(at, opcode, "" + bytes[at + 1]);
            case Opcode.SIPUSH -> plain(at, opcode, "" + s2(at + 1));
            case Opcode.LDC -> plain(at, opcode, constant(u1(at + 1)));
            case Opcode.LDC_W -> plain(at, Opcode.LDC, constant(u2(at + 1)));
            case Opcode.GOTO_W -> new Instruction(at, Opcode.GOTO, -1, "", new int[] {at + s4(at + 1)});
            case Opcode.JSR_W -> new Instruction(at, Opcode.JSR, -1, "", new int[] {at + s4(at + 1)});
            case Opcode.TABLESWITCH, Opcode.LOOKUPSWITCH -> switchAt(at, opcode);
            case Opcode.NEWARRAY -> plain(at, opcode, "" + u1(at + 1));
            case Opcode.MULTIANEWARRAY -> plain(at, opcode, constant(u2(at + 1)) + " " + u1(at + 3));
            default -> plain(at, opcode, next - at >= 3 ? constant(u2(at + 1)) : "");
        };
    }

    private Instruction wide(int at) {
        int opcode = u1(at + 1);
        return opcode == Opcode.IINC
                ? new Instruction(at, opcode, u2(at + 2), "" + s2(at + 4), NOWHERE)
                : local(at, opcode, u2(at + 2));
    }

    private Instruction switchAt(int at, int opcode) {
        int table = (at & ~3) + 4;
        StringBuilder keys = new StringBuilder();
        List<Integer> targets = new ArrayList<>();
        targets.add(at + s4(table));
        if (opcode == Opcode.TABLESWITCH) {
            keys.append(s4(table + 4)).append("..").append(s4(table + 8));
            for (int i = 0; i <= s4(table + 8) - s4(table + 4); i++) {
                targets.add(at + s4(table + 12 + 4 * i));
            }
        } else {
            for (int i = 0; i < s4(table + 4); i++) {
                keys.append(s4(table + 8 + 8 * i)).append(' ');
                targets.add(at + s4(table + 12 + 8 * i));
            }
        }
        int[] to = targets.stream().mapToInt(Integer::intValue).toArray();
        return new Instruction(at, opcode, -1, keys.toString(), to);
    }

    private static Instruction local(int at, int opcode, int variable) {
        return new Instruction(at, opcode, variable, "", NOWHERE);
    }

    private static Instruction plain(int at, int opcode, String operand) {
        return new Instruction(at, opcode, -1, operand, NOWHERE);
    }

    private String constant(int index) {
        return Constants.text(pool, index);
    }

    private int u1(int at) {
        return bytes[at] & 0xFF;
    }

    private int u2(int at) {
        return ByteArray.readU16bit(bytes, at);
    }

    private int s2(int at) {
        return ByteArray.readS16bit(bytes, at);
    }

    private int s4(int at) {
        return ByteArray.read32bit(bytes, at);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Instruction i : instructions) {
            text.append(i.at() + ": " + javassist.bytecode.Mnemonic.OPCODE[i.opcode()] + " " + i.variable() + " "
                    + i.operand() + " " + Arrays.toString(i.targets()) + "\n");
        }
        return text + "" + ranges;
    }
}
