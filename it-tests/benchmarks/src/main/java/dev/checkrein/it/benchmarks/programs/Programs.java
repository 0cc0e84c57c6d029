package dev.checkrein.it.benchmarks.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The programs there are. To name one does not load any of its classes. */
public enum Programs {
    JAVAC("com.sun.tools.javac.**") {
        @Override
        public Program create(Path folder, Path sources) throws IOException {
            return new Javac(folder, sources);
        }
    },
    ECJ("**") {
        @Override
        public Program create(Path folder, Path sources) {
            return new Ecj(folder, sources);
        }
    },
    KOTLINC("**") {
        @Override
        public Program create(Path folder, Path sources) throws IOException {
            return new Kotlinc(folder);
        }
    },
    H2("**") {
        @Override
        public Program create(Path folder, Path sources) {
            return new H2();
        }
    },
    RHINO("**") {
        @Override
        public Program create(Path folder, Path sources) {
            return new Rhino();
        }
    },
    CLOJURE("**") {
        @Override
        public Program create(Path folder, Path sources) {
            return new ClojureProgram();
        }
    };

    private final String include;

    Programs(String include) {
        this.include = include;
    }

    /** What the agent is to rewrite: the program, and all else that is not the JDK's. */
    public String include() {
        return include;
    }

    /** Its name for tables and the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A new instance.
     *
     * @param folder for what it writes
     * @param sources of commons-lang3
     */
    public abstract Program create(Path folder, Path sources) throws IOException;
}
