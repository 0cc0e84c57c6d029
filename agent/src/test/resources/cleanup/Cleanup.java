package cleanup;

/**
 * What compilers make of cleanup. In the code of this class every call of a method whose name begins with "tidy" must be
 * found to be cleanup, or to be made while a monitor is held, and no call of one whose name begins with "work". Nor do the loops of methods whose name begins
 * with "endless" poll in cleanup.
 */
public class Cleanup implements AutoCloseable {
    final int size;

    Cleanup() {
        this(tidyArgument());
        work();
    }

    Cleanup(int size) {
        super();
        this.size = size;
        work();
    }

    static int tidyArgument() {
        return 1;
    }

    static void work() {}

    static boolean workOn() {
        return true;
    }

    static void tidy() {}

    static void tidyWith(Object argument) {}

    @Override
    public void close() {}

    static void tryFinally() {
        work();
        try {
            work();
        } finally {
            tidy();
        }
        work();
    }

    static int returnFromTry() {
        try {
            work();
            return 1;
        } finally {
            tidy();
        }
    }

    static int severalWaysOut(int n) {
        for (int i = 0; i < n; i++) {
            work();
            try {
                work();
                if (workOn()) {
                    continue;
                }
                if (i == 7) {
                    break;
                }
                work();
            } finally {
                tidy();
                tidyWith("again");
            }
            work();
        }
        return n;
    }

    static void catchAndFinally() {
        try {
            work();
        } catch (IllegalStateException e) {
            work();
        } finally {
            tidy();
        }
    }

    static void finallyWithBranches(boolean a, int[] b) {
        try {
            work();
        } finally {
            if (a) {
                tidy();
            } else {
                for (int i = 0; i < b.length; i++) {
                    tidyWith(i);
                }
            }
        }
        work();
    }

    static void nested() {
        try {
            work();
            try {
                work();
            } finally {
                tidyWith("inner");
            }
            work();
        } finally {
            tidyWith("outer");
        }
    }

    static int nestedReturn(int n) {
        try {
            work();
            int i = 0;
            try {
                while (i < n) {
                    work();
                    i++;
                }
                return n;
            } finally {
                if (i > 0) {
                    for (; i > 0 && n > 0; i--) {
                        tidyWith(i);
                    }
                }
            }
        } finally {
            tidy();
        }
    }

    static void returnsInTheEnd() {
        try {
            work();
            if (workOn()) {
                return;
            }
        } finally {
            tidy();
        }
        work();
    }

    static boolean decided(boolean first) {
        boolean done = false;
        try {
            work();
            if (first) {
                work();
                return done = true;
            }
            work();
        } finally {
            if (!done) {
                tidy();
            }
        }
        work();
        return workOn();
    }

    static void finallyInFinally() {
        try {
            work();
        } finally {
            try {
                tidy();
            } finally {
                tidyWith("last");
            }
        }
        work();
    }

    static void rethrow() {
        try {
            work();
        } catch (RuntimeException e) {
            tidy();
            throw e;
        }
        work();
    }

    static void wrap() {
        try {
            work();
        } catch (RuntimeException e) {
            tidy();
            throw new IllegalStateException(e);
        }
    }

    static void swallow() {
        try {
            work();
        } catch (Throwable e) {
            work();
        }
        work();
    }

    static void retry() {
        while (true) {
            try {
                work();
                return;
            } catch (RuntimeException e) {
                work();
                if (workOn()) {
                    continue;
                }
                tidy();
                throw e;
            }
        }
    }

    static void endlessInCatch() {
        try {
            work();
        } catch (RuntimeException e) {
            while (true) {
                work();
            }
        }
    }

    static void endlessTry(int[] a) {
        while (true) {
            try {
                a[0]++;
                if (a[0] == 3) {
                    continue;
                }
                a[1]++;
            } finally {
                a[2]++;
            }
        }
    }

    static void lock(Object lock) {
        work();
        synchronized (lock) {
            tidy();
        }
        work();
    }

    static int locksWithin(Object lock, int n) {
        for (int i = 0; i < n; i++) {
            work();
            synchronized (lock) {
                tidy();
                synchronized (Cleanup.class) {
                    if (i == 3) {
                        tidy();
                        return i;
                    }
                }
                tidy();
                if (i == 4) {
                    continue;
                }
                tidy();
            }
            work();
        }
        work();
        return n;
    }

    static void lockAndCatch(Object lock) {
        try {
            work();
            synchronized (lock) {
                tidy();
            }
            work();
        } catch (RuntimeException e) {
            work();
        }
        work();
    }

    static synchronized void locked(int n) {
        tidy();
        for (int i = 0; i < n; i++) {
            tidy();
        }
    }
}
