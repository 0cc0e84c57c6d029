package dev.checkrein.samples.pluginhost;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened.
 *
 * @param results of the misdeeds, one by one
 * @param afterReload what the database answered after it had been stopped and loaded anew
 * @param greetings all that were received
 * @param firstMissed what went wrong with the first greeting that was not received, or null
 */
record Demonstration(List<Result> results, Outcome afterReload, int greetings, String firstMissed) {
    private static final String DATABASE = "database";
    private static final String QUESTION = "SELECT COUNT(*) FROM orders";
    private static final Outcome EXPECTED = new Outcome.Answered("1000");

    /** @param greetingsMeanwhile how many requests the host answered while the plugin misbehaved */
    record Result(Misdeed misdeed, Outcome outcome, int greetingsMeanwhile) {}

    /**
     * Has the plugins misbehave one after the other while a client keeps asking for greetings.
     *
     * @param progress told the name of each plugin before it is asked
     */
    static Demonstration run(Host host, List<Misdeed> misdeeds, Consumer<String> progress) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        try (GreetingClient client = GreetingClient.start(host)) {
            for (Misdeed misdeed : misdeeds) {
                progress.accept(misdeed.plugin());
                int before = client.answered();
                Outcome outcome = host.ask(misdeed.plugin(), misdeed.request());
                results.add(new Result(misdeed, outcome, client.answered() - before));
            }
            Outcome afterReload = host.ask(DATABASE, QUESTION);
            return new Demonstration(List.copyOf(results), afterReload, client.answered(), client.firstMissed());
        }
    }

    /** Whatever did not go as it should, in words; empty if all did. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Result result : results) {
            String plugin = result.misdeed().plugin();
            if (!(result.outcome() instanceof Outcome.Stopped)) {
                complaints.add(plugin + " was not stopped: " + result.outcome());
            }
            if (result.greetingsMeanwhile() == 0) {
                complaints.add("nobody was greeted while " + plugin + " ran");
            }
        }
        if (!afterReload.equals(EXPECTED)) {
            complaints.add("the database, loaded anew: " + afterReload);
        }
        if (firstMissed != null) {
            complaints.add("the greeter missed an answer: " + firstMissed);
        }
        return complaints;
    }
}
