/**
 * Events for the JDK's flight recorder, where the JVM has one. Nothing here is loaded before the first stop, or its rehearsal, and
 * all but {@link dev.checkrein.internal.jfr.FlightEvents} only where the module {@code jdk.jfr} is.
 */
package dev.checkrein.internal.jfr;
