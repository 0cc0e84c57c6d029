package dev.checkrein.samples.pluginhost;

import java.time.Duration;

/**
 * How long the host waits for a plugin.
 *
 * @param deadline how long a call may take
 * @param patience how long after that the host waits for the call to end before it gives the thread up
 */
record Limits(Duration deadline, Duration patience) {
    /** Far more time to end than a call needs, so that whoever has not ended then will not end at all. */
    static final Limits USUAL = new Limits(Duration.ofMillis(500), Duration.ofSeconds(5));
}
