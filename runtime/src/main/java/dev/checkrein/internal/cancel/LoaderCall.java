package dev.checkrein.internal.cancel;

import dev.checkrein.internal.bridge.Ladder;
import dev.checkrein.internal.bridge.Rung;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Set;
import java.util.function.BiFunction;

/** What a thread does in the classes of a loader. If that is within a call of a scope, the call is ended instead. */
final class LoaderCall extends UnscopedCall {
    private final WeakReference<ClassLoader> loader;
    private final Set<String> classNames;

    /** Whether the thread is known to be in the loader's classes, and not in another's of the same names. */
    private volatile boolean certain;

    /**
     * @param classNames of the classes that the loader has defined, with dots
     * @param certain whether no other loader has classes of these names
     */
    LoaderCall(
            Thread thread,
            WeakReference<ClassLoader> loader,
            Set<String> classNames,
            boolean certain,
            Ladder ladder,
            BiFunction<String, Throwable, Error> errors,
            Delivery delivery,
            Unscoped all) {
        super(thread, "class loader", certain ? ladder : ladder.withoutReport(), errors, delivery, all);
        this.loader = loader;
        this.classNames = classNames;
        this.certain = certain;
    }

    boolean isOf(ClassLoader other) {
        return loader.get() == other;
    }

    /** After a plugin was loaded anew, its successor's threads are not to be woken for it. */
    @Override
    boolean mayBeInterrupted() {
        return certain && super.mayBeInterrupted();
    }

    @Override
    boolean isOver() {
        return !thread().isAlive() || loader.get() == null;
    }

    /** By the names of classes, which others may have as well. An interrupt that is still there is for a poll to take back. */
    @Override
    boolean isOver(ThreadSighting sighting) {
        return isOver()
                || Collections.disjoint(sighting.classNames(), classNames)
                        && !(wasInterrupted() && thread().isInterrupted());
    }

    @Override
    Shields.Found findAtPoll(Shields shields, ThreadCalls calls, Rung rung) {
        ClassLoader current = loader.get();
        Shields.Within within = current == null ? null : shields.standWithin(calls, current, this, rung);
        if (within == null) {
            end();
            return Shields.Found.SHIELD;
        }
        certain = true;
        ScopeCall around = calls.innermost(within.boundaries());
        if (around == null) {
            return within.found();
        }
        around.requestEnd(request());
        if (!ladder().forced() || around.ladder().forced()) {
            end();
            return Shields.Found.SHIELD;
        }
        // The call ends as its own policy has it; where that does not force anything, this does.
        return rung == Rung.INSIST ? within.found() : Shields.Found.SHIELD;
    }
}
