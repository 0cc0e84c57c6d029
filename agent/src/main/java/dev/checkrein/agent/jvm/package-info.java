/** What the agent needs to know of the JVM it is in, and has it do, beyond what the JDK offers to everybody. */
package dev.checkrein.agent.jvm;
