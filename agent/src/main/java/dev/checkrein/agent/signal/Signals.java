package dev.checkrein.agent.signal;

import dev.checkrein.internal.timing.OwnThread;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes signals of the operating system, and acts on them on a thread of its own. A handler sets a flag and unparks that thread, and does
 * nothing else. A signal that comes while its action is under way has it done once more; several that come meanwhile are one.
 */
public final class Signals {
    /** HotSpot suspends threads by it, for the flight recorder among others; and lets anybody take it all the same. */
    private static final Set<String> NEEDED_BY_THE_JVM = Set.of("USR2");

    /** A JVM that was started with these ignored goes on to ignore them, whoever wants to have them. */
    private static final Set<String> IGNORED_IF_THEY_WERE = Set.of("HUP", "INT", "TERM");

    private static final int WANTED = 1;

    private final SignalAction[] actions = SignalAction.values();
    private final AtomicIntegerArray wanted = new AtomicIntegerArray(actions.length);
    private final Map<SignalAction, Runnable> work;
    private final Thread thread = OwnThread.daemon(this::actForEver, "checkrein-signals");

    private Signals(Map<SignalAction, Runnable> work) {
        this.work = work;
    }

    /**
     * From now on.
     *
     * @param bySignal what each is to do, by its name without SIG
     * @param work what there is to do
     * @throws IllegalArgumentException if a signal does not exist here, or cannot be had; the message says which and why
     */
    public static void take(Map<String, SignalAction> bySignal, Map<SignalAction, Runnable> work) {
        if (bySignal.isEmpty()) {
            return;
        }
        Signals signals = new Signals(work);
        bySignal.forEach(signals::handle);
        signals.thread.start();
    }

    private void handle(String name, SignalAction action) {
        if (NEEDED_BY_THE_JVM.contains(name)) {
            throw new IllegalArgumentException("signal " + name + " cannot be had: the JVM needs it itself");
        }
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        arrived(action);
                        return null;
                    });
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            if (IGNORED_IF_THEY_WERE.contains(name)
                    && before == handler.getField("SIG_IGN").get(null)) {
                System.err.println("checkrein: signal " + name + " will not be heard: this process was started to"
                        + " ignore it, as nohup does");
            }
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(
                    "signal " + name + " cannot be had: " + refused.getCause().getMessage(), refused);
        } catch (ReflectiveOperationException noSuchModule) {
            throw new IllegalArgumentException(
                    "signal " + name + " cannot be had: this JVM is without the module jdk.unsupported", noSuchModule);
        }
    }

    /** On a thread of the JVM's that may come at any time. */
    private void arrived(SignalAction action) {
        wanted.set(action.ordinal(), WANTED);
        LockSupport.unpark(thread);
    }

    private void actForEver() {
        while (true) {
            if (!actOnce()) {
                LockSupport.park(this);
                Thread.interrupted(); // was meant for somebody else, and would keep it from sleeping
            }
        }
    }

    /** Whether there was anything to do. */
    private boolean actOnce() {
        boolean any = false;
        for (SignalAction action : actions) {
            if (wanted.getAndSet(action.ordinal(), 0) == WANTED) {
                any = true;
                act(action);
            }
        }
        return any;
    }

    /** Whatever goes wrong: the next signal is to be heard. */
    private void act(SignalAction action) {
        try {
            work.get(action).run();
        } catch (Throwable failed) {
            try {
                System.err.println("checkrein: the signal's action " + action.option() + " has failed: " + failed);
            } catch (Throwable untold) {
                // There is no memory, most likely.
            }
        }
    }
}
