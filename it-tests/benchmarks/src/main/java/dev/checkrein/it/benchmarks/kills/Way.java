package dev.checkrein.it.benchmarks.kills;

import dev.checkrein.it.benchmarks.child.Channel;
import java.util.function.Supplier;

/** What ends work. To name one loads none of what it needs. */
public enum Way {
    CHECKREIN("Checkrein") {
        @Override
        Supplier<Channel> channels(Runaway runaway) {
            return CompiledWork.channels(runaway);
        }
    },
    JSHELL("JShell `stop()`") {
        @Override
        Supplier<Channel> channels(Runaway runaway) {
            return JShellWork.channels(runaway);
        }
    },
    GROOVY("Groovy `@ThreadInterrupt`") {
        @Override
        Supplier<Channel> channels(Runaway runaway) {
            return GroovyWork.channels(runaway);
        }
    },
    GRAALJS("GraalJS `close(true)`") {
        @Override
        Supplier<Channel> channels(Runaway runaway) {
            return GraalWork.channels(runaway);
        }

        @Override
        public boolean canSay(Runaway runaway) {
            return runaway.script() != null;
        }
    };

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** For tables. */
    public String label() {
        return label;
    }

    /** One for each run. */
    abstract Supplier<Channel> channels(Runaway runaway);

    /** Whether the work can be said in its language. */
    public boolean canSay(Runaway runaway) {
        return true;
    }
}
