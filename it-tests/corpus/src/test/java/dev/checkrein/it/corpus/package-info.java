/**
 * Other people's classes: {@link dev.checkrein.it.corpus.CorpusIT} rewrites all of a {@link dev.checkrein.it.corpus.Corpus},
 * has each class audited and the whole verified by the JVM.
 */
package dev.checkrein.it.corpus;
