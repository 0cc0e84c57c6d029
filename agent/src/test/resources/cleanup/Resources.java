package cleanup;

/** Try-with-resources: every call of close must be found to be cleanup, and no call of "work". */
public class Resources {
    static void work() {}

    static void one() throws Exception {
        try (Cleanup a = new Cleanup(1)) {
            work();
        }
        work();
    }

    static int two() throws Exception {
        try (Cleanup a = new Cleanup(1);
                Cleanup b = new Cleanup(2)) {
            work();
            return a.size + b.size;
        }
    }

    static void given(AutoCloseable c) throws Exception {
        try (c) {
            work();
        }
        work();
    }

    static void withCatch(AutoCloseable given) {
        try (AutoCloseable c = given) {
            work();
        } catch (Exception e) {
            work();
        }
    }
}
