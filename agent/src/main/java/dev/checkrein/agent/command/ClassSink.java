package dev.checkrein.agent.command;

import java.io.Closeable;
import java.io.IOException;

/** Where the result goes. Not thread-safe. */
interface ClassSink extends Closeable {
    /** Adds an entry, behind those before it. */
    void add(Entry entry) throws IOException;

    /** Says that the result is whole. A jar that is closed before that never comes to be. */
    void complete() throws IOException;
}
