/**
 * What rewritten code calls when it polls. {@link dev.checkrein.agent.stub.StubClass} is the class in {@code java.lang} with the
 * flag and the way to the runtime; {@link dev.checkrein.agent.stub.ShardClass} those beside it, whose polls do nothing until they
 * are needed. {@link dev.checkrein.agent.stub.PollStub} and {@link dev.checkrein.agent.stub.ShardedPolls} are their handles in
 * this JVM.
 */
package dev.checkrein.agent.stub;
