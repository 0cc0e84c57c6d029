/** What signals of the operating system have the agent do. */
package dev.checkrein.agent.signal;
