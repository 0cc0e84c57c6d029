/**
 * What runs in the JVMs that the driver launches, with the agent and without. Nothing in here is rewritten. A
 * {@link dev.checkrein.it.benchmarks.child.Victim} is a thread whose work is stopped again and again, over a
 * {@link dev.checkrein.it.benchmarks.child.Channel}.
 */
package dev.checkrein.it.benchmarks.child;
