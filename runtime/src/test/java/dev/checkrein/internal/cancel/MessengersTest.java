package dev.checkrein.internal.cancel;

import static dev.checkrein.TestThread.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.TestThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One that hangs keeps nobody else waiting, and costs no more than some memory. */
class MessengersTest {
    private static final int THREADS = 3;
    private static final int MOST = 5;

    private final Messengers messengers = new Messengers("messenger", THREADS, MOST);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> got = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void letGo() {
        goOn.countDown();
    }

    private void hang(Object recipient) {
        CountDownLatch begun = new CountDownLatch(1);
        messengers.send(recipient, missed -> {
            begun.countDown();
            await(goOn);
        });
        await(begun);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long send(Object recipient, String message) {
        return messengers.send(recipient, missed -> got.add(message + (missed == 0 ? "" : " after " + missed)));
    }

    private void awaitMessages(int number) {
        eventually("they are there", () -> got.size() >= number);
    }

    @Test
    void oneThatHangsKeepsNobodyElseWaiting() {
        hang("first");
        hang("second");
        send("first", "late");
        send("third", "a");
        send("third", "b");
        awaitMessages(2);
        assertThat(got).containsExactly("a", "b");
        goOn.countDown();
        awaitMessages(3);
        assertThat(got).endsWith("late");
    }

    @Test
    void oneThatFailsGetsTheNext() {
        messengers.send(this, missed -> {
            throw new AssertionError("for the test");
        });
        send(this, "next");
        awaitMessages(1);
    }

    @Test
    void oneThatLeavesAnInterruptBehindHarmsNobody() {
        messengers.send(this, missed -> Thread.currentThread().interrupt());
        send("other", "told");
        awaitMessages(1);
        send(this, "next");
        awaitMessages(2);
    }

    @Test
    void whatIsTooMuchIsLostAndCounted() {
        hang(this);
        assertThat(IntStream.range(0, MOST).mapToLong(i -> send(this, "" + i))).containsOnly(0L);
        assertThat(LongStream.range(0, 3).map(i -> send(this, "lost"))).containsExactly(1L, 2L, 3L);
        goOn.countDown();
        awaitMessages(MOST);
        assertThat(got).containsExactly("0 after 3", "1", "2", "3", "4");
        assertThat(send(this, "again")).isZero();
        awaitMessages(MOST + 1);
        assertThat(got).endsWith("again");
    }

    @Test
    void whenAllThreadsHangOthersWaitUntilOneIsFree() {
        for (int i = 0; i < THREADS; i++) {
            hang(i);
        }
        send("late", "told");
        assertThat(got).isEmpty();
        goOn.countDown();
        awaitMessages(1);
    }

    @Test
    void recipientsWithoutEndAreRefused() {
        for (int i = 0; i < THREADS; i++) {
            hang(new Object());
        }
        int waiting = 1_000 - THREADS;
        assertThat(IntStream.range(0, waiting).mapToLong(i -> send(new Object(), "" + i)))
                .containsOnly(0L);
        assertThat(send(new Object(), "one too many")).isOne();
        assertThat(send(new Object(), "another")).isEqualTo(2);
        goOn.countDown();
        awaitMessages(waiting);
        eventually("there is room", () -> send(new Object(), "room") == 0);
        awaitMessages(waiting + 1);
    }

    @Test
    void eachGetsItsOwnInOrderWhateverTheRaces() {
        Messengers roomy = new Messengers("messenger", THREADS, 100_000);
        int recipients = 20;
        int each = 500;
        List<List<Integer>> received = new ArrayList<>();
        for (int i = 0; i < recipients; i++) {
            received.add(Collections.synchronizedList(new ArrayList<>()));
        }
        List<TestThread<?>> senders = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            int sender = s;
            senders.add(TestThread.start(() -> {
                for (int message = 0; message < each; message++) {
                    for (int r = sender; r < recipients; r += 4) {
                        List<Integer> to = received.get(r);
                        int number = message;
                        roomy.send(to, missed -> to.add(number));
                    }
                }
                return null;
            }));
        }
        senders.forEach(TestThread::result);
        eventually("all is told", () -> received.stream().allMatch(to -> to.size() == each));
        List<Integer> all = IntStream.range(0, each).boxed().toList();
        assertThat(received).allSatisfy(to -> assertThat(to).isEqualTo(all));
    }
}
