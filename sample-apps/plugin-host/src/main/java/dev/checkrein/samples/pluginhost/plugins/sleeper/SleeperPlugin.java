package dev.checkrein.samples.pluginhost.plugins.sleeper;

import dev.checkrein.samples.pluginhost.api.Plugin;
import java.time.Duration;

/** Rests as many days as it is asked to. */
public final class SleeperPlugin implements Plugin {
    @Override
    public String answer(String days) throws InterruptedException {
        Thread.sleep(Duration.ofDays(Long.parseLong(days)).toMillis());
        return "rested";
    }
}
