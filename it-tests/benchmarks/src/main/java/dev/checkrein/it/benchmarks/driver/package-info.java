/**
 * The command. {@link dev.checkrein.it.benchmarks.driver.Benchmarks} reads its line; each kind of measurement is a
 * {@link dev.checkrein.it.benchmarks.driver.Part}, which launches JVMs and fills tables of the
 * {@link dev.checkrein.it.benchmarks.driver.Report}. Whatever is compared runs in turns within one run, and only ratios of
 * neighbours are believed.
 */
package dev.checkrein.it.benchmarks.driver;
