/**
 * The second opinion: reads a class file before and after rewriting with a library that the agent does not use, and says
 * where the two differ by more than polls, and where a poll is missing.
 */
package dev.checkrein.it.corpus.audit;
