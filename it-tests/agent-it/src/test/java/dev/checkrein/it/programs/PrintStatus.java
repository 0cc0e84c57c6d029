package dev.checkrein.it.programs;

import dev.checkrein.Checkrein;

/** Shows which kinds of poll there are. */
public final class PrintStatus {
    private PrintStatus() {}

    public static void main(String[] args) {
        int turns = 0;
        while (turns < args.length) {
            turns++;
        }
        Checkrein.Status status = Checkrein.status();
        System.out.println("loop polls: " + (status.inserted().loops() > 0));
        System.out.println("entry polls: " + (status.inserted().entries() > 0));
        System.out.println("left alone: " + status.leftAlone());
    }
}
