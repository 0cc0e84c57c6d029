package dev.checkrein.internal.bridge;

/** How far a request to end a call has come, from the first to the last. Crosses class loaders by name. */
public enum Rung {
    /** The thread has been woken, if it was blocked where that may be done. */
    WAKE,
    /** A poll has seen the request. Nothing is thrown in cleanup, or where a monitor is held. */
    POLITE,
    /** Those do not shield any more. */
    FIRM,
    /** Nor do classes that are being initialised or loaded, and shields of the user's, if the policy says so. */
    INSIST,
    /** It takes longer than anybody should have to wait. */
    REPORT
}
