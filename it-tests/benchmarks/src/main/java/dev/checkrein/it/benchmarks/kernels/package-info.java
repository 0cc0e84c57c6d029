/** What is measured, and all that the agent rewrites: nothing in here knows of the agent, of JMH, or of being stopped. */
package dev.checkrein.it.benchmarks.kernels;
