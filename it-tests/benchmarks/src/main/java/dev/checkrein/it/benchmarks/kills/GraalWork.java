package dev.checkrein.it.benchmarks.kills;

import dev.checkrein.it.benchmarks.child.Channel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;

/** Run by GraalJS, which polls in its interpreter; on a stock JDK there is nothing else. A context for each run. */
final class GraalWork {
    private GraalWork() {}

    static Supplier<Channel> channels(Runaway runaway) {
        Engine engine = Engine.newBuilder()
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        // Closing waits for the end, which stop() must not.
        ExecutorService closer = Executors.newSingleThreadExecutor(body -> {
            Thread thread = new Thread(body, "closer");
            thread.setDaemon(true);
            return thread;
        });
        closer.execute(() -> {});
        return () -> new Close(
                Context.newBuilder("js")
                        .engine(engine)
                        .allowHostAccess(HostAccess.ALL)
                        .build(),
                runaway.script(),
                closer);
    }

    private static final class Close implements Channel {
        private final Context context;
        private final String script;
        private final ExecutorService closer;

        Close(Context context, String script, ExecutorService closer) {
            this.context = context;
            this.script = script;
            this.closer = closer;
        }

        @Override
        public void repeat(Runnable begun, Callable<?> none) {
            context.getBindings("js").putMember("begun", begun);
            try {
                context.eval("js", script);
            } catch (PolyglotException e) {
                if (e.isCancelled()) {
                    return; // this is how it should end
                }
                throw e;
            }
            throw new IllegalStateException("it ended by itself");
        }

        @Override
        public void stop() {
            closer.execute(() -> context.close(true));
        }
    }
}
