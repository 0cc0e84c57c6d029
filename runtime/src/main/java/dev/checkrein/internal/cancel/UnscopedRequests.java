package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.pause.HostThreads;
import dev.checkrein.internal.timing.OwnThread;
import java.util.List;
import java.util.function.BiFunction;

/** Who wants something to end that is no call of a scope: a thread, or all that runs in the classes of a loader. Thread-safe. */
final class UnscopedRequests {
    /** Prefixes of names of classes whose threads the JVM cannot do without. */
    private static final List<String> OF_THE_JVM = List.of("java.lang.ref.", "jdk.internal.");

    private final HostThreads host;
    private final Delivery delivery;
    private final Unscoped unscoped;
    private final LoaderHunt hunt;

    /** @param host null where code does not poll; nothing may be requested then */
    UnscopedRequests(HostThreads host, Delivery delivery, Unscoped unscoped) {
        this.host = host;
        this.delivery = delivery;
        this.unscoped = unscoped;
        this.hunt = new LoaderHunt(host, delivery, unscoped);
    }

    ThreadCall cancel(Thread thread, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        check(thread);
        ThreadCall call = new ThreadCall(thread, host.workOf(thread), ladder, errors, delivery, unscoped);
        if (!call.isOver()) {
            EndRequest request =
                    new EndRequest(EndRequest.Kind.CANCEL, "thread \"" + thread.getName() + "\" was cancelled: " + why);
            unscoped.request(call, request);
        }
        return call;
    }

    private static void check(Thread thread) {
        String type = thread.getClass().getName();
        if (thread instanceof OwnThread || OF_THE_JVM.stream().anyMatch(type::startsWith)) {
            throw new IllegalArgumentException(
                    "thread \"" + thread.getName() + "\" (" + type
                            + ") belongs to the JVM or to Checkrein, which need it. Only threads of the application can be cancelled");
        }
        if (thread.getState() == Thread.State.NEW) {
            throw new IllegalArgumentException("thread \"" + thread.getName()
                    + "\" has not been started. A thread can be cancelled from its start on");
        }
    }

    void cancel(ClassLoader loader, String why, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        EndRequest request =
                new EndRequest(EndRequest.Kind.CANCEL, "class loader " + inWords(loader) + " was cancelled: " + why);
        hunt.begin(loader, request, ladder, errors);
    }

    /** Calls nothing of the loader's own. */
    private static String inWords(ClassLoader loader) {
        String type = loader.getClass().getName() + '@' + Integer.toHexString(System.identityHashCode(loader));
        return loader.getName() == null ? type : '"' + loader.getName() + "\" (" + type + ')';
    }
}
