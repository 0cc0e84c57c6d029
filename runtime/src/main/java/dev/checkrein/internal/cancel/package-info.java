/**
 * What happens when a call is asked to end. A {@link dev.checkrein.internal.cancel.ScopeCall} is one execution of work on
 * one thread; {@link dev.checkrein.internal.cancel.ThreadCalls} is the stack of them that a thread is in. A request makes
 * threads take the {@link dev.checkrein.internal.cancel.SlowPath} at their polls, where the thread that is meant throws, unless
 * one of the {@link dev.checkrein.internal.cancel.Shields} stands between. {@link dev.checkrein.internal.cancel.Delivery} sees to
 * it that the thread comes there: it has the code poll that the thread is in, wakes it if it is blocked, and keeps polls slow
 * for no longer than that can help ({@link dev.checkrein.internal.cancel.Pulses}).
 * {@link dev.checkrein.internal.cancel.CancelEngine} ties them together.
 *
 * <p>A full heap must not lose a request: what stands for it is made with the call, hangs in a list through the calls
 * ({@link dev.checkrein.internal.cancel.OpenRequests}), and is gone through by a
 * {@link dev.checkrein.internal.timing.DutyThread}, which survives whatever fails. Deadlines are kept likewise by the
 * {@link dev.checkrein.internal.timing.Watchdog}.
 *
 * <p>Rule for all code here: it may be running in a thread that is at a poll anywhere in the application. It blocks only
 * on monitors that are never held while anything else is waited for, and runs no code of the application.
 */
package dev.checkrein.internal.cancel;
