package dev.checkrein.internal.bridge;

/** Why a call was asked to end. */
public record EndRequest(Kind kind, String message) {
    /** Decides which exception the boundary throws. */
    public enum Kind {
        DEADLINE,
        CANCEL
    }
}
