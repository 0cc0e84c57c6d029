package dev.checkrein.samples.pluginhost.plugins.database;

import dev.checkrein.samples.pluginhost.api.Plugin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.Driver;
import org.h2.jdbcx.JdbcConnectionPool;

/** Answers queries from an in-memory database of a thousand orders, with the first column of the first row. */
public final class DatabasePlugin implements Plugin {
    /** The exit hook is off because it would keep the database, and this class loader, for as long as the JVM lives. */
    private static final String URL = "jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";

    static {
        // The data source registers the driver for the whole JVM, which would keep this class loader alive for good.
        Driver.load();
        Driver.unload();
    }

    private final JdbcConnectionPool connections = JdbcConnectionPool.create(URL, "sa", "");

    /** Fills the database and asks it once, so that H2 is loaded before a deadline is set. */
    public DatabasePlugin() throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders AS SELECT x AS id, MOD(x, 97) AS price FROM SYSTEM_RANGE(1, 1000)");
        }
        answer("SELECT COUNT(*) FROM orders");
    }

    @Override
    public String answer(String query) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
