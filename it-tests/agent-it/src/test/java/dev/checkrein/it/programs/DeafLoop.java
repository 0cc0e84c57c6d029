package dev.checkrein.it.programs;

/** Runs on until it is told, and calls nothing. Is to be left out of what is rewritten. */
final class DeafLoop {
    private static volatile boolean enough;

    private DeafLoop() {}

    static void begin() {
        enough = false;
    }

    static void enough() {
        enough = true;
    }

    static long run() {
        long turns = 0;
        while (!enough) {
            turns++;
        }
        return turns;
    }
}
