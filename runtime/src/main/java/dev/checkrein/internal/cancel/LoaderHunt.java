package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.EndRequest;
import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.pause.HostThreads;
import dev.checkrein.internal.timing.Duty;
import dev.checkrein.internal.timing.DutyThread;
import dev.checkrein.internal.timing.OwnThread;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Has threads leave the classes of loaders that are to go, for as long as these are there: a timer or a pool may come back to them. Looks
 * for such threads less and less often. Keeps no loader alive. Thread-safe.
 */
final class LoaderHunt implements Duty {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final HostThreads host;
    private final Delivery delivery;
    private final Unscoped unscoped;
    private final DutyThread thread = new DutyThread("checkrein-loaders");

    /** Guarded by the monitor. */
    private final List<Quarry> quarries = new ArrayList<>();

    LoaderHunt(HostThreads host, Delivery delivery, Unscoped unscoped) {
        this.host = host;
        this.delivery = delivery;
        this.unscoped = unscoped;
        thread.does(this);
    }

    /** A loader that is to go. */
    private final class Quarry {
        private final WeakReference<ClassLoader> loader;
        private final EndRequest request;
        private final Ladder ladder;

        /** Whoever wants the loader to go may be of its classes. */
        private final WeakReference<BiFunction<String, Throwable, Error>> errors;

        private long pause = FIRST_PAUSE_NANOS;
        private long lookAt;

        Quarry(ClassLoader loader, EndRequest request, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
            this.loader = new WeakReference<>(loader);
            this.request = request;
            this.ladder = ladder;
            this.errors = new WeakReference<>(errors);
        }

        /** Whether the loader is still there. */
        boolean lookIfDue() {
            ClassLoader current = loader.get();
            if (current != null && thread.now() - lookAt >= 0) {
                look(current);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
                lookAt = thread.now() + pause;
            }
            return current != null;
        }

        void look(ClassLoader current) {
            Set<String> classNames = host.classNamesOf(current);
            boolean ambiguous = host.areDefinedElsewhere(classNames, current);
            for (Thread each : host.all()) {
                boolean certain = !ambiguous || each.getContextClassLoader() == current;
                if (!(each instanceof OwnThread) && !isAsked(each, current) && isIn(each, classNames)) {
                    unscoped.request(
                            new LoaderCall(each, loader, classNames, certain, ladder, this::error, delivery, unscoped),
                            request);
                }
            }
        }

        private Error error(String message, Throwable before) {
            BiFunction<String, Throwable, Error> maker = errors.get();
            return maker == null ? new Error(message, before) : maker.apply(message, before);
        }
    }

    private boolean isAsked(Thread each, ClassLoader loader) {
        for (UnscopedCall call = unscoped.of(each, null); call != null; call = unscoped.of(each, call)) {
            if (call instanceof LoaderCall && ((LoaderCall) call).isOf(loader)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(Thread each, Set<String> classNames) {
        try {
            for (StackTraceElement frame : each.getStackTrace()) {
                if (classNames.contains(frame.getClassName())) {
                    return true;
                }
            }
        } catch (RuntimeException ofItsOwn) {
            // A class of threads may have its own way to tell its stack.
        }
        return false;
    }

    /** Returns when all threads that are in its classes have been asked to leave them. */
    void begin(ClassLoader loader, EndRequest request, Ladder ladder, BiFunction<String, Throwable, Error> errors) {
        Quarry quarry = new Quarry(loader, request, ladder, errors);
        quarry.look(loader);
        synchronized (this) {
            quarry.lookAt = thread.now() + quarry.pause;
            quarries.add(quarry);
        }
        thread.within(FIRST_PAUSE_NANOS);
    }

    @Override
    public long turn() {
        List<Quarry> all;
        synchronized (this) {
            all = List.copyOf(quarries);
        }
        List<Quarry> gone = new ArrayList<>();
        long pause = NOT_UNTIL_ASKED;
        for (Quarry quarry : all) {
            if (quarry.lookIfDue()) {
                pause = Math.min(pause, quarry.lookAt - thread.now());
            } else {
                gone.add(quarry);
            }
        }
        synchronized (this) {
            quarries.removeAll(gone);
        }
        return pause;
    }
}
