package dev.checkrein.agent.rewrite;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Methods of the JDK that cannot be overridden, change nothing, wait for nothing, call nothing that a user could have
 * written, and take no longer than what they are given is large. Calling one of them is no more than computing.
 */
final class CallsWithoutEffect {
    private static final Set<String> TESTS = Set.of("equals", "hashCode", "compare", "compareTo");

    private static final Map<String, Set<String>> METHODS = Map.ofEntries(
            // The last constructor of every object.
            Map.entry("java/lang/Object", Set.of("<init>", "getClass")),
            // Reads its characters. (hashCode keeps what it computes: nobody can tell.)
            Map.entry(
                    "java/lang/String",
                    Set.of(
                            "length",
                            "isEmpty",
                            "charAt",
                            "equals",
                            "hashCode",
                            "equalsIgnoreCase",
                            "compareTo",
                            "startsWith",
                            "endsWith",
                            "indexOf",
                            "lastIndexOf")),
            Map.entry("java/lang/Math", Set.of("min", "max", "abs")),
            // Final, and two fields.
            Map.entry("java/lang/Enum", Set.of("ordinal", "name")),
            // Look things up in tables of the JDK.
            Map.entry(
                    "java/lang/Character",
                    Set.of(
                            "isDigit",
                            "isLetter",
                            "isLetterOrDigit",
                            "isWhitespace",
                            "isUpperCase",
                            "isLowerCase",
                            "isJavaIdentifierStart",
                            "isJavaIdentifierPart",
                            "isSurrogate",
                            "isHighSurrogate",
                            "isLowSurrogate",
                            "toLowerCase",
                            "toUpperCase",
                            "charValue")),
            // Boxes: their one field.
            Map.entry("java/lang/Boolean", Set.of("booleanValue")),
            Map.entry("java/lang/Byte", Set.of("byteValue", "intValue")),
            Map.entry("java/lang/Short", Set.of("shortValue", "intValue")),
            Map.entry("java/lang/Integer", Set.of("intValue", "longValue", "compare", "bitCount")),
            Map.entry("java/lang/Long", Set.of("intValue", "longValue", "compare", "bitCount")),
            Map.entry("java/lang/Float", Set.of("floatValue", "compare", "floatToRawIntBits", "intBitsToFloat")),
            Map.entry("java/lang/Double", Set.of("doubleValue", "compare", "doubleToRawLongBits", "longBitsToDouble")),
            // Lays down what the object's header says from then on: nobody can tell.
            Map.entry("java/lang/System", Set.of("identityHashCode")));

    private CallsWithoutEffect() {}

    static boolean contain(MethodInsnNode call) {
        if (call.owner.equals("java/util/Arrays")) {
            return TESTS.contains(call.name) && isOfPrimitives(call.desc);
        }
        return METHODS.getOrDefault(call.owner, Set.of()).contains(call.name);
    }

    /** The elements of other arrays have an {@code equals} of their own. */
    private static boolean isOfPrimitives(String descriptor) {
        return descriptor.startsWith("([") && descriptor.charAt(2) != 'L' && descriptor.charAt(2) != '[';
    }
}
