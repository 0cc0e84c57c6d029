package dev.checkrein.it.benchmarks.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory is filled, queried and dropped. */
final class H2 implements Program {
    /** A database whose connection was cancelled may not be closed: the next one is another. */
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String[] statements = Program.resource("script.sql").split(";\\s*");

    @Override
    public void run() throws SQLException {
        int rows = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:db" + DATABASES.incrementAndGet());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    rows += count(statement.getResultSet());
                }
            }
        }
        Program.check(rows > 1000, rows + " rows");
    }

    private static int count(ResultSet results) throws SQLException {
        int rows = 0;
        while (results.next()) {
            rows++;
        }
        return rows;
    }
}
