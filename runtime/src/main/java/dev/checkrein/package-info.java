/**
 * The API of Checkrein. Words used throughout:
 *
 * <ul>
 *   <li><b>poll</b>: a check that the agent put into application code, at a loop's back-edge, a method's entry or after
 *       an allocation. A thread that polls while something is pending takes the slow path.
 *   <li><b>scope</b>: a piece of work with a name that can be cancelled, {@link dev.checkrein.CancellationScope}. Each
 *       execution of work in a scope is a <b>call</b> of it.
 *   <li><b>boundary</b>: where a call ends. What was thrown to end it becomes an ordinary exception there.
 *   <li><b>request</b>: the wish that a call end, made by a deadline or by {@code cancel}. The first one wins.
 * </ul>
 */
package dev.checkrein;
