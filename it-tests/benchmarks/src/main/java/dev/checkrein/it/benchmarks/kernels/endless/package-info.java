/** Loops without an end, for the time that it takes to stop them. */
package dev.checkrein.it.benchmarks.kernels.endless;
