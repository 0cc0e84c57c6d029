/**
 * Stops threads at their polls and lets them go again, all together. Knows nothing of how a poll comes to be: of the JVM it is in
 * it sees the {@link dev.checkrein.internal.pause.Population}, which tells who runs, and the
 * {@link dev.checkrein.internal.pause.PollHold}, which makes polls ask.
 *
 * <p>A {@link dev.checkrein.internal.pause.Round} is one pause, from the moment when threads are asked to stop to the moment when
 * they are let go. The {@link dev.checkrein.internal.pause.Coordinator} runs one round after another.
 */
package dev.checkrein.internal.pause;
