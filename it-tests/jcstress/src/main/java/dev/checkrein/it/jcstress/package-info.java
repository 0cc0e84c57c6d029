/**
 * The races of pauses and of linked tokens. For each, what is shipped forbids the bad outcome, and something a little weaker shows it: the test can fail.
 */
package dev.checkrein.it.jcstress;
