package dev.checkrein.it;

import dev.checkrein.it.harness.ChildJvm;
import dev.checkrein.it.harness.EveryJdk;
import dev.checkrein.it.harness.Jdk;
import dev.checkrein.it.programs.ScopedMethods;
import dev.checkrein.it.programs.WebShop;

/** Existing code gets deadlines and handles by an option of the agent alone. */
class ScopesIT {
    private static final String SHOP = WebShop.class.getName() + "$Shop#handle";

    private static final String METHODS = ScopedMethods.class.getName();

    /** A web server none of whose lines knows of Checkrein. */
    @EveryJdk
    void endsARequestAndKeepsTheWorker(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("scope=" + SHOP + "@500ms")
                .program(WebShop.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "/: 200 worker 1",
                        "/loop: 500 CancellationException by TimeoutException",
                        "/: 200 worker 1",
                        "/swallow: 500 CancellationException by TimeoutException",
                        "/: 200 worker 1",
                        "/sleep: 500 CancellationException by TimeoutException",
                        "/: 200 worker 1");
    }

    @EveryJdk
    void opensScopesAroundMethodsAndShieldsOthers(Jdk jdk) {
        new ChildJvm(jdk)
                .agent("scope=" + METHODS + "$Endless#run@100ms:" + METHODS + "$Declaring#*@100ms:" + METHODS
                        + "$Quick#run@1m:java.util.ArrayList#forEach@100ms:" + METHODS + "$Handled#handle:" + METHODS
                        + "$Accounting#book:" + METHODS + "$Plugin#run,shield=" + METHODS + "$Journal#append")
                .program(ScopedMethods.class)
                .run()
                .succeeds()
                .assertOut()
                .containsExactly(
                        "undeclared: CancellationException by TimeoutException by CancellationError",
                        "declared: TimeoutException by CancellationError",
                        "in time: returned x",
                        "of the JDK: CancellationException by TimeoutException by CancellationError",
                        "listed: 0",
                        "listed: " + METHODS + "$Handled#handle, on its thread: true",
                        "asked: 1",
                        "cancelled: CancellationException by CancellationError",
                        "shielded: CancellationException by CancellationError, torn: false",
                        "left alone: [" + METHODS.replace('.', '/')
                                + "$Plugin.run: no scope: there is no such method with code in the class; those that"
                                + " implement it have theirs]");
    }
}
