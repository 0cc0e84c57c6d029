package dev.checkrein.internal.watch;

import dev.checkrein.internal.watch.Sight.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks threads to poll until it is known whether they do. One that was silent once may only have been faster than what makes its
 * code poll, on a busy machine; one that is silent again when that has been done is. One that was on no processor for long enough is asked
 * again for longer.
 */
final class Inquiry {
    private static final long FIRST_ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Each twice as long as the one before: one and a half seconds in all. */
    private static final int ROUNDS = 4;

    private static final int ENOUGH_SILENCE = 2;

    private final Sight sight;
    private final List<Thread> threads;
    private final Answer[] answers;
    private final int[] silent;

    Inquiry(Sight sight, List<Thread> threads) {
        this.sight = sight;
        this.threads = threads;
        this.answers = new Answer[threads.size()];
        this.silent = new int[threads.size()];
    }

    /** For each, in their order. */
    Answer[] answers() {
        long nanos = FIRST_ROUND_NANOS;
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> open = open();
            if (open.isEmpty()) {
                break;
            }
            ask(open, nanos);
            nanos *= 2;
        }
        for (int index : open()) {
            answers[index] = Answer.UNTOLD;
        }
        return answers;
    }

    private List<Integer> open() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                open.add(i);
            }
        }
        return open;
    }

    private void ask(List<Integer> open, long nanos) {
        Answer[] given = sight.ask(open.stream().map(threads::get).toList(), nanos);
        for (int i = 0; i < given.length; i++) {
            int index = open.get(i);
            boolean known = given[i] != Answer.UNTOLD && given[i] != Answer.SILENT;
            silent[index] += given[i] == Answer.SILENT ? 1 : 0;
            if (known || silent[index] == ENOUGH_SILENCE) {
                answers[index] = given[i];
            }
        }
    }
}
