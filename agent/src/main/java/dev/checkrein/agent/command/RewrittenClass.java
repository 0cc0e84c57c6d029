package dev.checkrein.agent.command;

/**
 * A class that is not as it was.
 *
 * @param path where it stands in the input and the output
 * @param className with dots
 */
record RewrittenClass(String path, String className) {}
