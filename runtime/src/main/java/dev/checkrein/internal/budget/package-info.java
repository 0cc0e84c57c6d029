/**
 * What calls may use besides time: of the processor, of memory. A {@link dev.checkrein.internal.budget.Budget} is shared by the calls of
 * all threads whose use counts for it, and is looked at by the watchdog, as seldom as a {@link dev.checkrein.internal.budget.Pace}
 * allows. Knows nothing of how a call is ended.
 */
package dev.checkrein.internal.budget;
