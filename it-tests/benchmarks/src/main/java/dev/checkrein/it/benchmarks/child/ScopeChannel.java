package dev.checkrein.it.benchmarks.child;

import dev.checkrein.CancellationScope;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/** A cancellation scope: the work knows nothing of it. */
final class ScopeChannel implements Channel {
    private final CancellationScope scope = CancellationScope.named("victim");

    @Override
    public void repeat(Runnable begun, Callable<?> work) throws Exception {
        try {
            scope.call(() -> {
                begun.run();
                while (true) {
                    work.call();
                }
            });
        } catch (CancellationException cancelled) {
            // This is how it should end.
        }
    }

    @Override
    public void stop() {
        scope.cancel("benchmark");
    }
}
