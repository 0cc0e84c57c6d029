package dev.checkrein.it.programs.junit;

/** What never ends by itself. */
final class Endless {
    static long sink;

    private Endless() {}

    static void spin() {
        while (true) {
            sink++;
        }
    }

    static void swallow() {
        while (true) {
            try {
                spin();
            } catch (Throwable swallowed) {
                sink--;
            }
        }
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE); // the subject: it is to be woken
    }
}
