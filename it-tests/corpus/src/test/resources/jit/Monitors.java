import java.util.concurrent.locks.LockSupport;

/** Monitors and cleanup in every shape that compilers lay out: polls among them must not make the JIT refuse the method. */
class Monitors {
    private final Object lock = new Object();
    private int n;

    synchronized void method() throws InterruptedException {
        wait(1);
        for (int i = 0; i < n; i++) {
            n--;
        }
    }

    int newFirst(boolean b) {
        synchronized (lock) {
            return new StringBuilder(b ? "a" : "b").length();
        }
    }

    void loopFirst() {
        synchronized (lock) {
            while (n > 0) {
                n--;
            }
        }
    }

    void loopAround() {
        for (int i = 0; i < n; i++) {
            synchronized (lock) {
                if (i % 3 == 0) {
                    continue;
                }
                if (n < 0) {
                    break;
                }
                n -= i;
            }
        }
    }

    void atTheBottom() {
        do {
            synchronized (lock) {
                n--;
            }
        } while (n > 0);
    }

    int blocking() throws InterruptedException {
        synchronized (lock) {
            lock.wait(1);
            Thread.sleep(1);
            LockSupport.parkNanos(1);
            return n;
        }
    }

    int blockingWithHandlers() {
        int r = 0;
        synchronized (lock) {
            try {
                lock.wait(1);
            } catch (InterruptedException e) {
                r++;
            } finally {
                Thread.yield();
                r += n;
            }
        }
        return r;
    }

    int nested(Object other) {
        while (true) {
            synchronized (lock) {
                synchronized (other) {
                    if (n++ > 10) {
                        return n;
                    }
                    try {
                        other.wait(1);
                    } catch (InterruptedException e) {
                        continue;
                    }
                }
            }
        }
    }

    int finallyLoops() {
        int r = 0;
        try {
            for (int i = 0; i < n; i++) {
                r += i;
            }
        } finally {
            for (int i = 0; i < n; i++) {
                synchronized (lock) {
                    r -= i;
                }
            }
        }
        return r;
    }

    void resources(AutoCloseable c) throws Exception {
        synchronized (lock) {
            try (AutoCloseable a = c;
                    AutoCloseable b = c) {
                while (n > 0) {
                    n--;
                }
            }
        }
    }

    void throwing() {
        synchronized (lock) {
            throw new IllegalStateException(String.valueOf(n));
        }
    }
}
