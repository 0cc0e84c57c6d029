package dev.checkrein;

/**
 * A call of a scope that {@linkplain CancellationScope#withFailFast() fails fast} has failed, and the others are being cancelled.
 *
 * @param scope its name
 * @param thread that the call was on
 * @param failure what left its body
 */
public record Panic(String scope, Thread thread, Throwable failure) {}
