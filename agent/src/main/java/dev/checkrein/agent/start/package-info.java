/** What happens when the agent starts, in the order it happens: see {@link dev.checkrein.agent.start.AgentStart}. */
package dev.checkrein.agent.start;
