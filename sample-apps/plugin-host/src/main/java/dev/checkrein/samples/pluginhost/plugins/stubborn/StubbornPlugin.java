package dev.checkrein.samples.pluginhost.plugins.stubborn;

import dev.checkrein.samples.pluginhost.api.Plugin;

/** Catches whatever is thrown at it and goes on, at every level. */
public final class StubbornPlugin implements Plugin {
    private long turns;
    private long swallowed;

    @Override
    public String answer(String request) {
        while (true) {
            try {
                retryForEver();
            } catch (Throwable t) {
                swallowed++;
            }
        }
    }

    private void retryForEver() {
        while (true) {
            try {
                while (true) {
                    try {
                        turns++;
                    } catch (Throwable t) {
                        swallowed++;
                    }
                }
            } catch (Throwable t) {
                swallowed++;
            }
        }
    }
}
