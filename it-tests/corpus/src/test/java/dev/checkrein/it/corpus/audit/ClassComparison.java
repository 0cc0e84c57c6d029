package dev.checkrein.it.corpus.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.AttributeInfo;
import javassist.bytecode.ClassFile;
import javassist.bytecode.CodeAttribute;
import javassist.bytecode.ConstPool;
import javassist.bytecode.FieldInfo;
import javassist.bytecode.MethodInfo;

/** Whether all of a class but its code is as before: its members and their order, flags, annotations, inner classes. */
final class ClassComparison {
    /** Before class files of version 49 this attribute stood for the flag. */
    private static final String SYNTHETIC = "Synthetic";

    private final ClassFile before;
    private final ClassFile after;
    private final Consumer<String> findings;

    ClassComparison(ClassFile before, ClassFile after, Consumer<String> findings) {
        this.before = before;
        this.after = after;
        this.findings = findings;
    }

    void run() {
        compare(
                "version",
                before.getMajorVersion() + "." + before.getMinorVersion(),
                after.getMajorVersion() + "." + after.getMinorVersion());
        compare("header", header(before), header(after));
        compare("fields", fields(before), fields(after));
        compare("methods", methods(before), methods(after));
        compareAttributes("the class", before.getAttributes(), after.getAttributes());
        if (before.getFields().size() == after.getFields().size()) {
            for (int i = 0; i < before.getFields().size(); i++) {
                FieldInfo field = before.getFields().get(i);
                compareAttributes(
                        field.getName(),
                        field.getAttributes(),
                        after.getFields().get(i).getAttributes());
            }
        }
        if (before.getMethods().size() == after.getMethods().size()) {
            for (int i = 0; i < before.getMethods().size(); i++) {
                MethodInfo method = before.getMethods().get(i);
                compareAttributes(
                        method.getName() + method.getDescriptor(),
                        method.getAttributes(),
                        after.getMethods().get(i).getAttributes());
            }
        }
    }

    private void compare(String what, Object one, Object other) {
        if (!one.equals(other)) {
            findings.accept(what + " changed from " + one + " to " + other);
        }
    }

    private static List<Object> header(ClassFile file) {
        return List.of(
                file.getName(),
                String.valueOf(file.getSuperclass()),
                file.getAccessFlags(),
                Arrays.asList(file.getInterfaces()));
    }

    private static List<String> fields(ClassFile file) {
        return file.getFields().stream()
                .map(field -> flags(field.getAccessFlags(), field.getAttribute(SYNTHETIC))
                        + field.getName()
                        + field.getDescriptor())
                .toList();
    }

    private static List<String> methods(ClassFile file) {
        return file.getMethods().stream()
                .map(method -> flags(method.getAccessFlags(), method.getAttribute(SYNTHETIC))
                        + method.getName()
                        + method.getDescriptor())
                .toList();
    }

    private static String flags(int flags, AttributeInfo synthetic) {
        return (synthetic == null ? flags : flags | AccessFlag.SYNTHETIC) + " ";
    }

    private void compareAttributes(String of, List<AttributeInfo> was, List<AttributeInfo> is) {
        Map<String, AttributeInfo> one = byName(was);
        Map<String, AttributeInfo> other = byName(is);
        compare("attributes of " + of, one.keySet(), other.keySet());
        one.forEach((name, attribute) -> {
            if (other.containsKey(name) && !same(attribute, other.get(name))) {
                findings.accept(name + " of " + of + " changed");
            }
        });
    }

    private static Map<String, AttributeInfo> byName(List<AttributeInfo> attributes) {
        Map<String, AttributeInfo> byName = new TreeMap<>();
        for (AttributeInfo attribute : attributes) {
            if (!(attribute instanceof CodeAttribute) && !attribute.getName().equals(SYNTHETIC)) {
                byName.put(attribute.getName(), attribute);
            }
        }
        return byName;
    }

    /** The same bytes, or the same after both have been copied to a constant pool that is new and empty. */
    private static boolean same(AttributeInfo one, AttributeInfo other) {
        return Arrays.equals(one.get(), other.get())
                || Arrays.equals(
                        one.copy(new ConstPool("Copy"), new HashMap<>()).get(),
                        other.copy(new ConstPool("Copy"), new HashMap<>()).get());
    }
}
