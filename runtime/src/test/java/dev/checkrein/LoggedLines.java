package dev.checkrein;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Checkrein logs meanwhile, each with what was thrown behind it. It goes nowhere else. */
final class LoggedLines extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("dev.checkrein");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    LoggedLines() {
        LOGGER.addHandler(this);
        LOGGER.setUseParentHandlers(false);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getMessage() + (line.getThrown() == null ? "" : ": " + line.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.setUseParentHandlers(true);
        LOGGER.removeHandler(this);
    }
}
