/**
 * How integration tests run programs: {@link dev.checkrein.it.harness.ChildJvm} launches one in a JVM of its own, on one of
 * the {@link dev.checkrein.it.harness.Jdk JDKs} of this machine; {@link dev.checkrein.it.harness.EveryJdk} runs a test on
 * each; {@link dev.checkrein.it.harness.Products} knows where the build has put what is tested.
 */
package dev.checkrein.it.harness;
