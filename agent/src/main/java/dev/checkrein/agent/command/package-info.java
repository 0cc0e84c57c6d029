/**
 * The agent's jar as a command, {@code java -jar checkrein-agent.jar}: {@link dev.checkrein.agent.command.InstrumentCommand}
 * rewrites a {@link dev.checkrein.agent.command.ClassSource} into a {@link dev.checkrein.agent.command.ClassSink} without
 * starting what is rewritten. Nothing here is loaded when the agent runs in an application.
 */
package dev.checkrein.agent.command;
