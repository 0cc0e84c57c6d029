package dev.checkrein.internal.bridge;

/** Why a call was asked to end. */
public record EndRequest(Kind kind, String message) {
    /** Decides which exception the boundary throws. The names cross between copies of the runtime: never change one. */
    public enum Kind {
        DEADLINE,
        CANCEL
    }
}
