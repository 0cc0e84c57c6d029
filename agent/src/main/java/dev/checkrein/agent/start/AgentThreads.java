package dev.checkrein.agent.start;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.jvm.ThreadList;
import dev.checkrein.agent.rewrite.BlockingCalls;
import dev.checkrein.internal.pause.HostThreads;
import java.lang.instrument.Instrumentation;

/** What the agent knows of threads: who there is, and what in their stacks polls. Most applications never pause. */
final class AgentThreads implements HostThreads {
    private final Instrumentation instrumentation;
    private final ClassFilter filter;
    private volatile ThreadList list;

    AgentThreads(Instrumentation instrumentation, ClassFilter filter) {
        this.instrumentation = instrumentation;
        this.filter = filter;
    }

    @Override
    public void prepare() {
        if (list == null) {
            try {
                list = ThreadList.of(instrumentation);
            } catch (ReflectiveOperationException | RuntimeException e) {
                throw new IllegalStateException("this JVM does not let the agent see its threads: " + e, e);
            }
        }
    }

    @Override
    public Thread[] live() {
        return list.live();
    }

    @Override
    public boolean isCarrier(Thread thread) {
        return list.isCarrier(thread);
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
