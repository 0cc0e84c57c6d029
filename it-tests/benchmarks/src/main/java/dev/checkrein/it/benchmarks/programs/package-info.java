/** Third-party programs, each run inside this JVM again and again. They know nothing of the agent that rewrites them. */
package dev.checkrein.it.benchmarks.programs;
