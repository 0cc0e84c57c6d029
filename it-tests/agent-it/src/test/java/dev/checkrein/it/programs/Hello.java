package dev.checkrein.it.programs;

/** Does nothing of interest. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
