package dev.checkrein.agent.command;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is to be rewritten: a jar, a folder, or modules of the running JDK. Not thread-safe. */
interface ClassSource extends Closeable {
    /** Receives entries one by one. */
    interface Visitor {
        void visit(Entry entry) throws IOException;
    }

    /** Shows every entry, in the order in which they stand there. */
    void forEach(Visitor visitor) throws IOException;

    /** The signature files that go, because a rewritten jar no longer is what was signed. */
    default List<String> signatures() {
        return List.of();
    }

    /** What a jar says of itself beside its entries. */
    default Optional<String> comment() {
        return Optional.empty();
    }
}
