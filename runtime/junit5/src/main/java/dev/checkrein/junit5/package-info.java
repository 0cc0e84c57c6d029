/**
 * Deadlines for JUnit tests, which end tests that do not cooperate and run them on JUnit's own thread:
 * {@link dev.checkrein.junit5.CancelAfter}. Works with JUnit 5.10 and later, and with JUnit 6.
 */
package dev.checkrein.junit5;
