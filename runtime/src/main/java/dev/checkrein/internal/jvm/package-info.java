/** What the JVM tells of its threads, where it does: the modules for that are optional. */
package dev.checkrein.internal.jvm;
