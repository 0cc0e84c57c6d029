package dev.checkrein.it.programs;

import java.lang.reflect.AccessibleObject;

/** An application that tries to use what the agent needed opened. */
public final class Intruder {
    private Intruder() {}

    public static void main(String[] args) throws Exception {
        System.out.println("String.value: " + open(String.class.getDeclaredField("value")));
        System.out.println(
                "poll flag: " + open(Class.forName("java.lang.CheckreinPoll").getDeclaredField("FLAGS")));
    }

    private static String open(AccessibleObject member) {
        try {
            member.setAccessible(true);
            return "open";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}
