/**
 * How several copies of this runtime in one JVM work as one. The agent's copy owns the JVM. It publishes its
 * {@link dev.checkrein.internal.bridge.Engine} in a field of the stub that the agent defined in {@code java.lang}, where
 * every class loader can see it; all other copies find it there and delegate. Since the copies' classes are different
 * classes, only JDK types cross: see {@link dev.checkrein.internal.bridge.EngineProtocol}.
 */
package dev.checkrein.internal.bridge;
