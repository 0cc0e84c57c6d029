/** Some kernels with {@code Thread.interrupted()} written into each loop by hand, for comparison. Not rewritten. */
package dev.checkrein.it.benchmarks.checked;
