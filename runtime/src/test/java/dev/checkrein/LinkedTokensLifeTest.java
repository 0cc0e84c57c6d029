package dev.checkrein;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Linked tokens keep none of each other alive, and forget no cancel for that. */
class LinkedTokensLifeTest {
    private static final int MANY = 100_000;

    private final CancellationScope server = CancellationScope.named("server");
    private final List<String> ran = new ArrayList<>();

    @Test
    void aLongLivedOneKeepsNoneOfManyShortLivedOnes() throws Exception {
        List<WeakReference<CancellationScope>> dropped = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            dropped.add(new WeakReference<>(used(server)));
        }
        awaitCollected(dropped);
        assertThat(server.token().isCancelled()).isFalse();
    }

    private static CancellationScope used(CancellationScope longLived) throws Exception {
        CancellationScope scope = CancellationScope.named("request").linkedTo(longLived.token());
        try (CancellationToken.Registration action = scope.token().onCancel(() -> {})) {
            scope.call(() -> action);
        }
        return scope;
    }

    @Test
    void aLongLivedOneKeepsNoneThatItIsLinkedTo() {
        List<WeakReference<CancellationScope>> dropped = new ArrayList<>();
        CancellationToken linked = linkedToOneThatIsDropped(dropped, null);
        awaitCollected(dropped);
        assertThat(linked.isCancelled()).isFalse();
        linked.onCancel(() -> ran.add("never")).close();
        assertThat(ran).isEmpty();
    }

    @Test
    void knowsACancelOfOneThatIsGone() {
        List<WeakReference<CancellationScope>> dropped = new ArrayList<>();
        CancellationToken linked = linkedToOneThatIsDropped(dropped, "enough");
        awaitCollected(dropped);
        assertThatThrownBy(linked::throwIfCancelled).hasMessage("scope \"request\" was cancelled: enough");
        assertThat(CancellationToken.linked(linked).isCancelled())
                .as("one linked to it later")
                .isTrue();
    }

    /** @param why it is cancelled before it is dropped, or null */
    private static CancellationToken linkedToOneThatIsDropped(
            List<WeakReference<CancellationScope>> dropped, String why) {
        CancellationScope scope = CancellationScope.named("request");
        dropped.add(new WeakReference<>(scope));
        CancellationToken linked = CancellationToken.linked(scope.token());
        scope.token().onCancel(scope::name); // an action that has its scope
        if (why != null) {
            scope.cancel(why);
        }
        return linked;
    }

    /** As a chain does that is made step by step. */
    @Test
    void isCancelledByTheFirstOfAChainWhoseMiddleIsGone() {
        List<WeakReference<CancellationScope>> dropped = new ArrayList<>();
        CancellationScope last = server;
        for (int i = 0; i < 100; i++) {
            last = last.linkedTo(last.token());
            if (i < 99) {
                dropped.add(new WeakReference<>(last));
            }
        }
        awaitCollected(dropped);
        last.token().onCancel(() -> ran.add("ran"));
        server.cancel("closing");
        assertThat(ran).containsExactly("ran");
        assertThatThrownBy(last.token()::throwIfCancelled)
                .hasMessage("scope \"server\" was cancelled: scope \"server\" was cancelled: closing");
    }

    @Test
    void anActionIsNotForgottenWithItsToken() {
        List<WeakReference<CancellationToken>> dropped = new ArrayList<>();
        dropped.add(new WeakReference<>(withAction()));
        System.gc();
        server.cancel("closing");
        assertThat(ran).containsExactly("ran");
        awaitCollected(dropped);
    }

    private CancellationToken withAction() {
        CancellationToken linked = CancellationToken.linked(server.token());
        linked.onCancel(() -> ran.add("ran"));
        return linked;
    }

    private static <T> void awaitCollected(List<WeakReference<T>> dropped) {
        eventually("they are collected", () -> {
            System.gc();
            return dropped.stream().allMatch(reference -> reference.refersTo(null));
        });
    }
}
