/**
 * Finds threads that get nowhere: looks at them now and then, and tells whether they wait, are slow, run where nothing stops them, or
 * are given no processor. What is done about it is for others.
 */
package dev.checkrein.internal.watch;
