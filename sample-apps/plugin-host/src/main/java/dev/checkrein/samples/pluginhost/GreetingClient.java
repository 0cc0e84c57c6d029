package dev.checkrein.samples.pluginhost;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A client that asks the greeter every few milliseconds, from a thread of its own, until it is closed. */
final class GreetingClient implements AutoCloseable {
    static final String PLUGIN = "greeter";
    private static final long PAUSE_MILLIS = 5;

    private final Host host;
    private final Thread thread = new Thread(this::askUntilClosed, "greeting-client");
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<String> firstMissed = new AtomicReference<>();

    private GreetingClient(Host host) {
        this.host = host;
    }

    static GreetingClient start(Host host) {
        GreetingClient client = new GreetingClient(host);
        client.thread.setDaemon(true);
        client.thread.start();
        return client;
    }

    /** How many greetings have been received. */
    int answered() {
        return answered.get();
    }

    /** What went wrong with the first greeting that was not received, or null. */
    String firstMissed() {
        return firstMissed.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void askUntilClosed() {
        try {
            for (int visitor = 1; true; visitor++) {
                ask("visitor " + visitor);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException closed) {
            // The end.
        } catch (RuntimeException e) {
            missed(e.toString());
        }
    }

    private void ask(String visitor) throws InterruptedException {
        Outcome outcome = host.ask(PLUGIN, visitor);
        if (outcome.equals(new Outcome.Answered("Hello, " + visitor + "!"))) {
            answered.incrementAndGet();
        } else {
            missed(outcome.toString());
        }
    }

    private void missed(String what) {
        firstMissed.compareAndSet(null, what);
    }
}
