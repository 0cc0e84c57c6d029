package dev.checkrein.it.programs.kill;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the matrix. */
public final class Rows {
    /** The first Java that has them. */
    private static final int VIRTUAL_THREADS = 21;

    private Rows() {}

    /** In the order of the README. */
    public static List<Row> all() {
        return Stream.of(SpinningRows.all(), BusyRows.all(), JdkRows.all(), BlockedRows.all(), ShieldedRows.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that run in a child JVM for that group, on a JDK of that feature version. */
    public static List<Row> of(Group group, int feature) {
        List<Row> rows = group == Group.SERIAL ? SpinningRows.loops() : all();
        return rows.stream()
                .filter(row -> row.include().isEmpty() == (group != Group.JDK))
                .filter(row -> !row.virtual() || feature >= VIRTUAL_THREADS)
                .toList();
    }
}
