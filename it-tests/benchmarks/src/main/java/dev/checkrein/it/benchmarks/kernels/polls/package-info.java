/** Loops with as little in them as the JIT does not remove, and one poll of one kind in each turn. */
package dev.checkrein.it.benchmarks.kernels.polls;
