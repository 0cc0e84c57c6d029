/**
 * What polls and stops cost. {@code driver} is the command: it launches the JVMs, computes ratios and writes the tables.
 * {@code child} is what runs in those JVMs: JMH's benchmark, the ways of stopping a thread, and the latency of a stop.
 * {@code kernels} is what they run, and all that the agent rewrites there; {@code checked} are some of the same with checks
 * written by hand; {@code programs} runs third-party programs. RESULTS.md has the command line and the last results.
 */
package dev.checkrein.it.benchmarks;
