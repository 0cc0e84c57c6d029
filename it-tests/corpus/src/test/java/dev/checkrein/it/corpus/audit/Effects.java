package dev.checkrein.it.corpus.audit;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.BadBytecode;
import javassist.bytecode.ClassFile;
import javassist.bytecode.MethodInfo;
import javassist.bytecode.Opcode;

/**
 * Which instructions of a method do what anybody could notice. Calls are nothing that are known to be nothing, or that lead to a
 * method of the same class which cannot be another one, does nothing, neither loops nor calls. A constructor may set fields of
 * what it is given as {@code this}.
 */
final class Effects {
    /** Final, or known to be no more than they seem, and without any effect. */
    private static final Set<String> NOTHING = Set.of(
            ("Object.<init> Object.getClass String.length String.isEmpty String.charAt String.equals String.hashCode"
                            + " String.equalsIgnoreCase String.compareTo String.startsWith String.endsWith String.indexOf"
                            + " String.lastIndexOf Math.min Math.max Math.abs Enum.ordinal Enum.name Character.isDigit"
                            + " Character.isLetter Character.isLetterOrDigit Character.isWhitespace Character.isUpperCase"
                            + " Character.isLowerCase Character.isJavaIdentifierStart Character.isJavaIdentifierPart"
                            + " Character.isSurrogate Character.isHighSurrogate Character.isLowSurrogate"
                            + " Character.toLowerCase Character.toUpperCase Character.charValue Boolean.booleanValue"
                            + " Byte.byteValue Byte.intValue Short.shortValue Short.intValue Integer.intValue"
                            + " Integer.longValue Integer.compare Integer.bitCount Long.intValue Long.longValue"
                            + " Long.compare Long.bitCount Float.floatValue Float.compare Float.floatToRawIntBits"
                            + " Float.intBitsToFloat Double.doubleValue Double.compare Double.doubleToRawLongBits"
                            + " Double.longBitsToDouble System.identityHashCode")
                    .split(" "));

    private static final Pattern TEST_OF_PRIMITIVES =
            Pattern.compile("java\\.util\\.Arrays\\.(equals|hashCode|compare)\\(\\[[ZBCSIJFD].*");

    private static final int NEVER_ANOTHER = AccessFlag.STATIC | AccessFlag.PRIVATE | AccessFlag.FINAL;

    private final ClassFile file;
    private final MethodInfo method;
    private final Code code;

    Effects(ClassFile file, MethodInfo method, Code code) {
        this.file = file;
        this.method = method;
        this.code = code;
    }

    Set<Integer> all() {
        Set<Integer> effects = new HashSet<>();
        for (int i = 0; i < code.instructions.size(); i++) {
            Instruction instruction = code.instructions.get(i);
            if (hasEffect(instruction)
                    && !instruction.isPoll()
                    && !setsFieldOfThis(i)
                    && !callsSimpleMethod(instruction)) {
                effects.add(i);
            }
        }
        return effects;
    }

    private static boolean hasEffect(Instruction instruction) {
        int opcode = instruction.opcode();
        if (opcode >= Opcode.INVOKEVIRTUAL && opcode <= Opcode.INVOKESTATIC) {
            String operand = instruction.operand();
            String name = operand.substring(0, operand.indexOf('('));
            return !(name.startsWith("java.lang.") && NOTHING.contains(name.substring("java.lang.".length())))
                    && !TEST_OF_PRIMITIVES.matcher(operand).matches();
        }
        boolean readsOnly = opcode == Opcode.GETSTATIC || opcode == Opcode.GETFIELD;
        return opcode >= Opcode.IASTORE && opcode <= Opcode.SASTORE
                || opcode >= Opcode.GETSTATIC && opcode <= Opcode.ANEWARRAY && !readsOnly
                || opcode == Opcode.MULTIANEWARRAY
                || opcode == Opcode.ATHROW
                || opcode == Opcode.MONITORENTER
                || opcode == Opcode.MONITOREXIT
                || opcode == Opcode.JSR
                || opcode == Opcode.RET;
    }

    private boolean callsSimpleMethod(Instruction instruction) {
        boolean call = instruction.opcode() >= Opcode.INVOKEVIRTUAL && instruction.opcode() <= Opcode.INVOKESTATIC;
        return call
                && file.getMethods().stream()
                        .filter(target -> names(instruction.operand(), target))
                        .anyMatch(this::isSimple);
    }

    private boolean names(String operand, MethodInfo target) {
        String name = file.getName() + "." + target.getName() + target.getDescriptor();
        return operand.equals(name) || operand.equals(name + " of an interface");
    }

    private boolean isSimple(MethodInfo target) {
        boolean fixed = ((target.getAccessFlags() & NEVER_ANOTHER) | (file.getAccessFlags() & AccessFlag.FINAL)) != 0;
        boolean locks = (target.getAccessFlags() & AccessFlag.SYNCHRONIZED) != 0;
        if (!fixed || locks || target.isConstructor() || target.getCodeAttribute() == null) {
            return false;
        }
        try {
            return new Code(target.getCodeAttribute())
                    .instructions.stream()
                            .noneMatch(i -> i.isPoll()
                                    || hasEffect(i)
                                    || Arrays.stream(i.targets()).anyMatch(to -> to <= i.at()));
        } catch (BadBytecode e) {
            return false;
        }
    }

    /** As compilers write {@code this.field = value}, for a value that is at hand. */
    private boolean setsFieldOfThis(int i) {
        if (!method.isConstructor() || code.instructions.get(i).opcode() != Opcode.PUTFIELD || i < 2) {
            return false;
        }
        Instruction receiver = code.instructions.get(i - 2);
        int value = code.instructions.get(i - 1).opcode();
        boolean atHand = value >= Opcode.ACONST_NULL && value <= Opcode.ALOAD || value == Opcode.GETSTATIC;
        return atHand && receiver.opcode() == Opcode.ALOAD && receiver.variable() == 0;
    }
}
