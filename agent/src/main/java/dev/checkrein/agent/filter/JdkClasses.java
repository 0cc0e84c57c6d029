package dev.checkrein.agent.filter;

import java.util.List;

/** Tells the JDK's classes from the application's. */
public final class JdkClasses {
    /** How the names of the JDK's packages begin. A pattern must begin so too in order to match one of them. */
    static final List<String> NAME_ROOTS = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.w3c.dom.",
            "org.xml.sax.",
            "org.ietf.jgss.",
            "netscape.javascript.");

    private JdkClasses() {}

    /**
     * Whether a class belongs to the JDK: by its module, since the application may have packages such as
     * {@code javax.servlet}, and a linked image holds the application's modules too. What an agent has put on the boot
     * class path counts as the JDK's: it serves everybody.
     */
    static boolean contain(Module module, ClassLoader loader) {
        if (!module.isNamed()) {
            return loader == null;
        }
        return module.getName().startsWith("java.") || module.getName().startsWith("jdk.");
    }

    /** Whether a class of this name may belong to the JDK. */
    public static boolean mayContain(String className) {
        for (String root : NAME_ROOTS) {
            if (className.startsWith(root)) {
                return true;
            }
        }
        return false;
    }
}
