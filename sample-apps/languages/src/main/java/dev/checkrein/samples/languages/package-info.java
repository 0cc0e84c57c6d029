/**
 * Deadlines in Groovy, Kotlin and Clojure. The lesson: a scope is a few lines away in any language of the JVM, because
 * {@link dev.checkrein.CancellationScope#call} takes what the language has for a function, and the agent rewrites what its
 * compiler makes, be it a class file or a class that a script becomes while it runs.
 *
 * <p>Read the three programs beside this folder, each alone: {@code groovy/Runaways.groovy}, {@code kotlin/Runaways.kt} and
 * {@code clojure/runaways.clj}. What is Java here only starts compilers.
 */
package dev.checkrein.samples.languages;
