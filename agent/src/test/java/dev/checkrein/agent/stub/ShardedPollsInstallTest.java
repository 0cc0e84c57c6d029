package dev.checkrein.agent.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.agent.rewrite.PollKind;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The polls of shards as they stand in this JVM, called as rewritten code would call them. */
class ShardedPollsInstallTest {
    private static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private static final List<String> FAILURES = new CopyOnWriteArrayList<>();

    private static PollStub main;
    private static ShardedPolls polls;
    private static boolean refuse;
    private static int classes;

    private final List<Integer> taken = new CopyOnWriteArrayList<>();
    private final long promotionsBefore = polls.changes().get("promotions");
    private final long flipsBefore = polls.changes().get("flips");

    @BeforeAll
    static void define() throws Exception {
        main = PollStub.define(INSTRUMENTATION, false);
        polls = new ShardedPolls(refusingIfAsked(), main, (what, why) -> FAILURES.add(what + " " + why));
    }

    ShardedPollsInstallTest() {
        main.slowPath(taken::add);
    }

    @AfterEach
    void disarm() {
        main.pending(false);
        polls.disarm();
        refuse = false;
        assertThat(FAILURES).isEmpty();
    }

    /** A class whose shard nobody has asked for yet. */
    private String fresh(String prefix) {
        while (true) {
            String name = prefix + classes++;
            try {
                Class.forName(ShardedPolls.stubName(name).replace('/', '.'), false, null);
            } catch (ClassNotFoundException notYet) {
                assertThat(polls.stubOf(name.replace('.', '/'))).isEqualTo(ShardedPolls.stubName(name));
                return name;
            }
        }
    }

    private List<Integer> taken(String className, PollKind kind) throws Throwable {
        taken.clear();
        poll(ShardedPolls.stubName(className), kind).invoke();
        return List.copyOf(taken);
    }

    static MethodHandle poll(String stub, PollKind kind) throws ReflectiveOperationException {
        Class<?> stubClass = Class.forName(stub.replace('/', '.'), false, null);
        return MethodHandles.publicLookup().findStatic(stubClass, kind.stubMethod(), MethodType.methodType(void.class));
    }

    @Test
    void loopsPollWhileTheyAreArmedAndNotOtherwise() throws Throwable {
        String name = fresh("com.acme.Loops");
        main.pending(true);
        assertThat(taken(name, PollKind.LOOP)).as("before anything was armed").isEmpty();
        for (int round = 0; round < 3; round++) {
            polls.armLoops(Set.of(name));
            assertThat(taken(name, PollKind.LOOP)).containsExactly(PollKind.LOOP.code());
            polls.armLoops(Set.of(name)); // again: nothing changes
            assertThat(taken(name, PollKind.LOOP)).containsExactly(PollKind.LOOP.code());
            polls.disarm();
            assertThat(taken(name, PollKind.LOOP)).as("round " + round).isEmpty();
        }
        assertThat(taken(name, PollKind.ENTRY)).isEmpty();
        assertThat(polls.changes().get("promotions") - promotionsBefore).isEqualTo(1);
        assertThat(polls.changes().get("flips") - flipsBefore).isEqualTo(5);
    }

    @Test
    void entriesAndAllocationsReadTheFlagOnceTheyAreArmed() throws Throwable {
        String name = fresh("com.acme.Entries");
        main.pending(true);
        assertThat(taken(name, PollKind.ENTRY)).isEmpty();
        polls.armEntries(Set.of(name));
        assertThat(taken(name, PollKind.ENTRY)).containsExactly(PollKind.ENTRY.code());
        assertThat(taken(name, PollKind.ALLOCATION)).containsExactly(PollKind.ALLOCATION.code());
        assertThat(taken(name, PollKind.LOOP)).isEmpty();
        main.pending(false);
        assertThat(taken(name, PollKind.ENTRY)).isEmpty();
        polls.armLoops(Set.of(name));
        main.pending(true);
        assertThat(taken(name, PollKind.ENTRY))
                .as("after a second redefinition")
                .containsExactly(PollKind.ENTRY.code());
    }

    @Test
    void entriesAndAllocationsShareTheCallSiteOfTheirLoops() throws Throwable {
        String name = fresh("com.acme.Recursion");
        polls.armLoops(Set.of(name));
        assertThat(taken(name, PollKind.ENTRY)).isEmpty();
        polls.armEntries(Set.of(name));
        for (int round = 0; round < 3; round++) {
            assertThat(taken(name, PollKind.ENTRY)).containsExactly(PollKind.ENTRY.code());
            assertThat(taken(name, PollKind.ALLOCATION)).containsExactly(PollKind.ALLOCATION.code());
            assertThat(taken(name, PollKind.LOOP)).containsExactly(PollKind.LOOP.code());
            polls.disarm();
            main.pending(true);
            assertThat(taken(name, PollKind.ENTRY)).isEmpty();
            main.pending(false);
            polls.armEntries(Set.of(name));
        }
        assertThat(polls.changes().get("promotions") - promotionsBefore).isEqualTo(2);
    }

    @Test
    void otherShardsAreLeftAlone() throws Throwable {
        String one = fresh("com.acme.One");
        String other = fresh("com.acme.Other");
        polls.armLoops(Set.of(one));
        assertThat(taken(one, PollKind.LOOP)).isNotEmpty();
        assertThat(taken(other, PollKind.LOOP)).isEmpty();
    }

    @Test
    void loopsOfTheJdkReadTheFlagOnceTheyAreArmed() throws Throwable {
        String name = fresh("java.util.regex.Loops");
        polls.armLoops(Set.of(name));
        assertThat(taken(name, PollKind.LOOP)).isEmpty();
        main.pending(true);
        assertThat(taken(name, PollKind.LOOP)).containsExactly(PollKind.LOOP.code());
        polls.disarm();
        assertThat(polls.changes().get("flips")).isEqualTo(flipsBefore);
    }

    @Test
    void whatTheJvmRefusesIsToldAndBreaksNothing() throws Throwable {
        String name = fresh("com.acme.Refused");
        refuse = true;
        polls.armLoops(Set.of(name));
        assertThat(FAILURES).hasSize(1).first().asString().contains("no today");
        FAILURES.clear();
        assertThat(taken(name, PollKind.LOOP)).isEmpty();
        refuse = false;
        polls.armLoops(Set.of(name));
        assertThat(taken(name, PollKind.LOOP)).isNotEmpty();
    }

    private static Instrumentation refusingIfAsked() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (refuse && method.getName().equals("redefineClasses")) {
                throw new UnsupportedOperationException("no today");
            }
            try {
                return method.invoke(INSTRUMENTATION, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Instrumentation) Proxy.newProxyInstance(
                ShardedPollsInstallTest.class.getClassLoader(), new Class<?>[] {Instrumentation.class}, handler);
    }

    @Test
    void threadsThatNeedAShardAtOnceGetTheSame() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                String name = "com/racing/R" + round;
                List<Future<String>> results = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    results.add(pool.submit(() -> polls.stubOf(name)));
                }
                for (Future<String> result : results) {
                    assertThat(result.get()).isEqualTo(ShardedPolls.stubName(name.replace('/', '.')));
                }
            }
        } finally {
            pool.shutdown();
        }
    }
}
