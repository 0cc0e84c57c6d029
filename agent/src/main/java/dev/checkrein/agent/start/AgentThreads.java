package dev.checkrein.agent.start;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.jvm.PoolWorkers;
import dev.checkrein.agent.jvm.ThreadList;
import dev.checkrein.agent.rewrite.BlockingCalls;
import dev.checkrein.internal.pause.HostThreads;
import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What the agent knows of threads: who there is, and what in their stacks polls. Most applications never pause. */
final class AgentThreads implements HostThreads {
    private final Instrumentation instrumentation;
    private final ClassFilter filter;
    private final boolean entriesPoll;
    private volatile ThreadList list;
    private volatile PoolWorkers poolWorkers;

    /** @param entriesPoll whether polls at entries were chosen */
    AgentThreads(Instrumentation instrumentation, ClassFilter filter, boolean entriesPoll) {
        this.instrumentation = instrumentation;
        this.filter = filter;
        this.entriesPoll = entriesPoll;
    }

    @Override
    public void prepare() {
        if (!entriesPoll) {
            throw new IllegalStateException(
                    "the agent's option \"polls\" leaves out entries, without which threads that come from"
                            + " outside would run on during a pause. Have it contain \"entries\"");
        }
        look();
    }

    private void look() {
        if (list == null) {
            try {
                poolWorkers = PoolWorkers.of(instrumentation);
                list = ThreadList.of(instrumentation);
            } catch (ReflectiveOperationException | RuntimeException e) {
                throw new IllegalStateException("this JVM does not let the agent see its threads: " + e, e);
            }
        }
    }

    @Override
    public List<Thread> all() {
        look();
        return list.all();
    }

    @Override
    public BooleanSupplier workOf(Thread thread) {
        look();
        return poolWorkers.workOf(thread);
    }

    @Override
    public Set<String> classNamesOf(ClassLoader loader) {
        Set<String> names = new HashSet<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (each.getClassLoader() == loader) {
                names.add(each.getName());
            }
        }
        return names;
    }

    @Override
    public Thread[] live() {
        return list.live();
    }

    @Override
    public boolean areDefinedElsewhere(Set<String> classNames, ClassLoader loader) {
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (classNames.contains(each.getName()) && each.getClassLoader() != loader) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isRewritten(String className) {
        return filter.includesByName(className);
    }

    @Override
    public boolean isPolledBehind(String className, String method) {
        return BlockingCalls.of(className.replace('.', '/')).contain(method);
    }
}
