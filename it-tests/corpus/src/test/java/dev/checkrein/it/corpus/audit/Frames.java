package dev.checkrein.it.corpus.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.ByteArray;
import javassist.bytecode.ConstPool;
import javassist.bytecode.Descriptor;
import javassist.bytecode.MethodInfo;
import javassist.bytecode.StackMapTable;

/** Stack map frames, all written out in full (JVMS 4.7.4). */
final class Frames {
    /** @param at its position, mapped */
    record Frame(int at, List<String> locals, List<String> stack) {}

    private static final String UNINITIALISED = "new at ";
    private static final int OBJECT = 7;
    private static final int NEW = 8;
    private static final String[] SIMPLE = {"top", "int", "float", "double", "long", "null", "this"};

    private final byte[] bytes;
    private final ConstPool pool;
    private final IntUnaryOperator map;
    private final List<Integer> allocations = new ArrayList<>();
    private int read;

    private Frames(StackMapTable table, IntUnaryOperator map) {
        this.bytes = table.get();
        this.pool = table.getConstPool();
        this.map = map;
    }

    static List<Frame> of(StackMapTable table, Frame initial, IntUnaryOperator map) {
        return table == null ? new ArrayList<>() : new Frames(table, map).all(initial);
    }

    /** The positions that frames give for values which are not initialised. */
    static List<Integer> namedAllocations(StackMapTable table, Frame initial) {
        if (table == null) {
            return List.of();
        }
        Frames frames = new Frames(table, position -> position);
        frames.all(initial);
        return frames.allocations;
    }

    /** What the method begins with. */
    static Frame initial(MethodInfo method) {
        List<String> locals = new ArrayList<>();
        if ((method.getAccessFlags() & AccessFlag.STATIC) == 0) {
            locals.add(method.isConstructor() ? "this" : "object of this class");
        }
        String descriptor = method.getDescriptor();
        for (int i = 1; descriptor.charAt(i) != ')'; ) {
            int end = i;
            while (descriptor.charAt(end) == '[') {
                end++;
            }
            end = descriptor.charAt(end) == 'L' ? descriptor.indexOf(';', end) + 1 : end + 1;
            locals.add(
                    descriptor.substring(i, end).length() == 1
                            ? primitive(descriptor.charAt(i))
                            : "object " + className(descriptor.substring(i, end)));
            i = end;
        }
        return new Frame(-1, locals, List.of());
    }

    private static String className(String descriptor) {
        return descriptor.startsWith("[") ? descriptor : Descriptor.toClassName(descriptor);
    }

    private static String primitive(char type) {
        return switch (type) {
            case 'J' -> "long";
            case 'D' -> "double";
            case 'F' -> "float";
            default -> "int";
        };
    }

    private List<Frame> all(Frame initial) {
        List<Frame> frames = new ArrayList<>();
        List<String> locals = initial.locals();
        int at = -1;
        for (int left = u2(); left > 0; left--) {
            int type = u1();
            List<String> stack = List.of();
            List<String> next = new ArrayList<>(locals);
            if (type < 64) {
                at += type + 1;
            } else if (type < 128) {
                at += type - 64 + 1;
                stack = types(1);
            } else {
                at += u2() + 1;
                if (type == 247) {
                    stack = types(1);
                } else if (type < 251) {
                    next = next.subList(0, next.size() - (251 - type));
                } else if (type > 251 && type < 255) {
                    next.addAll(types(type - 251));
                } else if (type == 255) {
                    next = types(u2());
                    stack = types(u2());
                }
            }
            locals = next;
            frames.add(new Frame(map.applyAsInt(at), List.copyOf(locals), stack));
        }
        return frames;
    }

    private List<String> types(int count) {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int tag = u1();
            if (tag == OBJECT) {
                types.add("object " + name(pool.getClassInfoByDescriptor(u2())));
            } else if (tag == NEW) {
                int position = u2();
                allocations.add(position);
                types.add(UNINITIALISED + map.applyAsInt(position));
            } else {
                types.add(SIMPLE[tag]);
            }
        }
        return types;
    }

    private static String name(String descriptor) {
        return descriptor.startsWith("[") ? descriptor : Descriptor.toClassName(descriptor);
    }

    private int u1() {
        return bytes[read++] & 0xFF;
    }

    private int u2() {
        read += 2;
        return ByteArray.readU16bit(bytes, read - 2);
    }
}
