/** Work that runs away, and the ways that there are to end it. */
package dev.checkrein.it.benchmarks.kills;
