package dev.checkrein.agent.stub;

import dev.checkrein.agent.filter.JdkClasses;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.stub.Shard.Promotion;
import dev.checkrein.agent.stub.ShardClass.Form;
import dev.checkrein.internal.cancel.PollSwitch;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;

/**
 * Polls that cost nothing until they are needed. The classes of the application are spread over shards by their names. The
 * polls of a shard are empty methods at first. When a thread in one of its classes must be stopped its loops are given a call
 * site, once and for good, which is then flipped as often as need be; when loops do not stop it, its entries and allocations
 * are given the same. For a pause all entries and allocations are given a flag, since nobody knows where threads will come in;
 * and all loops their call site at the same time, since to do that one by one would stop the JVM, and throw code away, many times.
 *
 * <p>Classes of the JDK are in shards of their own, whose loops are given a flag instead: what links and compiles a call site is
 * JDK code itself.
 *
 * <p>{@link #stubOf} is for any thread, the rest for one.
 */
public final class ShardedPolls implements PollSwitch {
    /** So many that promoting or flipping one disturbs little, so few that they cost little. */
    private static final int APPLICATION_SHARDS = 256;

    private static final int JDK_SHARDS = 32;

    private static final long LONGEST_DEFINITION_NANOS = 1_000_000_000;

    /** As if it were a class. */
    private static final String TRIAL = "dev.checkrein.agent.stub.Trial";

    private final Instrumentation instrumentation;
    private final PollStub main;
    private final BiConsumer<String, String> failures;
    private final AtomicReferenceArray<Shard> shards = new AtomicReferenceArray<>(APPLICATION_SHARDS + JDK_SHARDS);
    private final Set<Shard> armed = new HashSet<>();
    private volatile boolean allEntries;

    private final AtomicLong promotions = new AtomicLong();
    private final AtomicLong flips = new AtomicLong();
    private final AtomicLong retransformations = new AtomicLong();

    /** @param failures told of what could not be armed, and why */
    public ShardedPolls(Instrumentation instrumentation, PollStub main, BiConsumer<String, String> failures) {
        this.instrumentation = instrumentation;
        this.main = main;
        this.failures = failures;
    }

    /** Whether this JVM lets a shard be changed. If not, the reason has been told. */
    public boolean canBeArmed() {
        Set<String> trial = Set.of(TRIAL);
        stubOf(TRIAL);
        armEntries(trial);
        for (Shard shard : of(trial)) {
            if (shard.has(Promotion.ENTRIES)) {
                return true;
            }
        }
        return false; // or not even defined
    }

    /**
     * The class that a class is to poll by; defined when this returns.
     *
     * @param className both as in class files
     */
    public String stubOf(String className) {
        int number = numberOf(className.replace('/', '.'));
        try {
            if (shards.get(number) == null) {
                define(number);
            }
            return ShardClass.name(number);
        } catch (IllegalAccessException | RuntimeException | LinkageError e) {
            failures.accept(ShardClass.name(number), "could not be defined, so that polls read a flag: " + e);
            return PollKind.STUB;
        }
    }

    private void define(int number) throws IllegalAccessException {
        Form entries = allEntries ? Form.FLAG : Form.EMPTY;
        Class<?> stub;
        try {
            stub = main.define(ShardClass.generate(number, Form.EMPTY, entries));
        } catch (LinkageError another) {
            if (shards.get(number) == null) {
                awaitDefinition(number, another);
            }
            return;
        }
        Form promoted = number < APPLICATION_SHARDS ? Form.CALL_SITE : Form.FLAG;
        Shard shard = new Shard(number, stub, promoted, entries);
        shards.set(number, shard);
        if (allEntries
                && entries == Form.EMPTY) { // since a moment ago: whoever armed the others may not have seen this one
            redefine(List.of(shard), Promotion.FLAGS);
        }
    }

    /** Another thread has defined it, and is about to say so. */
    private void awaitDefinition(int number, LinkageError ours) {
        long deadline = System.nanoTime() + LONGEST_DEFINITION_NANOS;
        while (shards.get(number) == null) {
            if (System.nanoTime() - deadline > 0) {
                throw ours;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * The name of the stub for a class, whether it is defined or not.
     *
     * @param className with dots
     */
    static String stubName(String className) {
        return ShardClass.name(numberOf(className));
    }

    private static int numberOf(String className) {
        int hash = className.hashCode() * 0x9E3779B9; // spreads names that differ little
        boolean jdk = JdkClasses.mayContain(className);
        return jdk ? APPLICATION_SHARDS + (hash >>> 8) % JDK_SHARDS : (hash >>> 8) % APPLICATION_SHARDS;
    }

    @Override
    public void pending(boolean value) {
        main.pending(value);
    }

    @Override
    public void returning(boolean value) {
        main.returning(value);
    }

    @Override
    public void armLoops(Set<String> classNames) {
        Set<Shard> some = of(classNames);
        flipAll(some);
        redefine(without(some, Promotion.LOOPS), Promotion.LOOPS);
        for (Shard shard : some) {
            if (shard.site() != null) {
                armed.add(shard); // a fresh one is armed from the start
            }
        }
    }

    @Override
    public void armEntries(Set<String> classNames) {
        Set<Shard> some = of(classNames);
        redefine(without(some, Promotion.ENTRIES), Promotion.ENTRIES);
        flipAll(some);
    }

    @Override
    public void armAllEntries() {
        allEntries = true;
        List<Shard> all = new ArrayList<>();
        for (int number = 0; number < shards.length(); number++) {
            Shard shard = shards.get(number);
            if (shard != null) {
                all.add(shard);
            }
        }
        List<Shard> without = without(all, Promotion.ALL);
        redefine(without, Promotion.ALL);
        int failed = without(without, Promotion.FLAGS).size();
        if (failed > 0) {
            throw new IllegalStateException(failed + " of " + without.size()
                    + " stubs could not be changed: see Checkrein.status().leftAlone()");
        }
    }

    private static List<Shard> without(Collection<Shard> some, Promotion promotion) {
        return some.stream().filter(shard -> !shard.has(promotion)).toList();
    }

    /** Arms those that have a call site. */
    private void flipAll(Collection<Shard> some) {
        List<MutableCallSite> sites = new ArrayList<>();
        for (Shard shard : some) {
            if (shard.site() != null && armed.add(shard)) {
                sites.add(shard.site());
            }
        }
        flip(sites, true);
        if (!sites.isEmpty()) {
            MutableCallSite.syncAll(sites.toArray(MutableCallSite[]::new));
        }
    }

    @Override
    public void disarm() {
        flip(armed.stream().map(Shard::site).toList(), false);
        armed.clear();
    }

    private void flip(List<MutableCallSite> sites, boolean arm) {
        sites.forEach(site -> Shard.set(site, arm));
        flips.addAndGet(sites.size());
    }

    /** On the shard of {@link #canBeArmed}. By the thread that arms. */
    @Override
    public void rehearse() {
        Set<String> trial = Set.of(TRIAL);
        armLoops(trial);
        disarm();
        armLoops(trial);
        disarm();
    }

    /** Retransforms them, to what they are: that throws away the compiled code which their methods are in. */
    @Override
    public void lookAnew(Set<String> classNames) {
        for (Class<?> c : instrumentation.getAllLoadedClasses()) {
            if (classNames.contains(c.getName()) && instrumentation.isModifiableClass(c)) {
                try {
                    instrumentation.retransformClasses(c);
                    retransformations.incrementAndGet();
                } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
                    failures.accept(c.getName(), "its running code could not be stopped: " + e);
                }
            }
        }
    }

    private Set<Shard> of(Set<String> classNames) {
        Set<Shard> found = new HashSet<>();
        for (String className : classNames) {
            boolean hidden = className.indexOf('/') >= 0; // is never rewritten
            Shard shard = hidden ? null : shards.get(numberOf(className));
            if (shard != null) {
                found.add(shard);
            }
        }
        return found;
    }

    /**
     * All at once, since each redefinition stops the JVM for a moment; one by one if that fails. Not only by the thread
     * that arms.
     */
    private synchronized void redefine(List<Shard> some, Promotion promotion) {
        if (promotion == Promotion.LOOPS || promotion == Promotion.ALL) {
            for (Shard shard : some) {
                prepare(shard, promotion == Promotion.LOOPS);
            }
        }
        if (!some.isEmpty() && redefineAll(some, promotion) != null) {
            for (Shard shard : some) {
                Throwable failure = redefineAll(List.of(shard), promotion);
                if (failure != null) {
                    failures.accept(ShardClass.name(shard.number), "could not be armed: " + failure);
                }
            }
        }
    }

    private void prepare(Shard shard, boolean armed) {
        Throwable failure = shard.prepare(main, armed);
        if (failure != null) {
            failures.accept(ShardClass.name(shard.number), "has no call site, so that loops read a flag: " + failure);
        }
    }

    /** What went wrong, or null. */
    private Throwable redefineAll(List<Shard> some, Promotion promotion) {
        try {
            ClassDefinition[] definitions = new ClassDefinition[some.size()];
            for (int i = 0; i < definitions.length; i++) {
                definitions[i] = some.get(i).definition(promotion);
            }
            instrumentation.redefineClasses(definitions);
            for (Shard shard : some) {
                shard.redefined(promotion);
            }
            promotions.addAndGet(some.size());
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    @Override
    public Map<String, Long> changes() {
        return Map.of(
                "promotions", promotions.get(), "flips", flips.get(), "retransformations", retransformations.get());
    }
}
