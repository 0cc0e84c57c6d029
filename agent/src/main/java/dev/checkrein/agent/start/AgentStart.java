package dev.checkrein.agent.start;

import dev.checkrein.agent.filter.ClassFilter;
import dev.checkrein.agent.jvm.Collector;
import dev.checkrein.agent.jvm.CountedLoops;
import dev.checkrein.agent.jvm.LiveMonitors;
import dev.checkrein.agent.options.InvalidOptionException;
import dev.checkrein.agent.options.Options;
import dev.checkrein.agent.rewrite.ClassRewriter;
import dev.checkrein.agent.rewrite.PollKind;
import dev.checkrein.agent.rewrite.RewriteOptions;
import dev.checkrein.agent.signal.SignalWork;
import dev.checkrein.agent.signal.Signals;
import dev.checkrein.agent.stub.PollStub;
import dev.checkrein.agent.stub.ScopeStub;
import dev.checkrein.agent.stub.ShardedPolls;
import dev.checkrein.internal.bridge.EngineProtocol;
import dev.checkrein.internal.cancel.CancelEngine;
import dev.checkrein.internal.cancel.ImplicitScopes;
import dev.checkrein.internal.cancel.PollSwitch;
import java.lang.instrument.Instrumentation;

/** Starts the agent. Loaded by the agent's class loader, called across it by reflection. */
public final class AgentStart {
    private AgentStart() {}

    /**
     * Installs everything, or nothing.
     *
     * @return what went wrong, in words for the user, or null
     */
    public static String start(String argument, Instrumentation instrumentation) {
        Options options;
        try {
            options = Options.read(argument, System.getProperties(), System.getenv());
        } catch (InvalidOptionException e) {
            return e.getMessage();
        }
        if (PollStub.isDefined()) {
            return "a Checkrein agent is already installed in this JVM. Name it only once, in -javaagent or"
                    + " JAVA_TOOL_OPTIONS";
        }
        try {
            install(options, instrumentation);
            return null;
        } catch (SelfTest.FailedException | InvalidOptionException e) {
            return e.getMessage();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return "this JVM (" + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                    + ") does not let the agent put its poll into java.base: " + e
                    + ". Use a HotSpot JVM of version 17 to 25";
        }
    }

    private static void defineScopes(PollStub stub, ImplicitScopes calls, ScopedMethods methods)
            throws ReflectiveOperationException {
        calls.prepare();
        ScopeStub.define(stub, number -> calls.enter(methods.get(number)), calls::exit, calls::failed);
    }

    private static void install(Options options, Instrumentation instrumentation)
            throws ReflectiveOperationException, SelfTest.FailedException, InvalidOptionException {
        PollStub stub = PollStub.define(instrumentation, options.count());
        RewriteCounts counts = new RewriteCounts(stub::executed);
        ShardedPolls shards = new ShardedPolls(instrumentation, stub, counts::leftAlone);
        boolean sharded = !options.count()
                && (Collector.stopsCountedLoops(instrumentation) || CountedLoops.keepPolls(instrumentation))
                && shards.canBeArmed();
        PollSwitch polls = sharded ? shards : stub;
        if (options.freeze()) {
            polls.armAllEntries();
        }
        RewrittenCleanup cleanup = new RewrittenCleanup(options.shields());
        ClassFilter filter = new ClassFilter(options.include(), options.exclude());
        AgentThreads threads =
                new AgentThreads(instrumentation, filter, options.polls().contains(PollKind.ENTRY));
        CancelEngine engine =
                CancelEngine.withPolls(polls, cleanup, LiveMonitors.of(instrumentation), threads, counts::status);
        ScopedMethods scopes = new ScopedMethods(options.scopes());
        if (!scopes.isEmpty()) {
            defineScopes(stub, engine.implicitScopes(), scopes);
        }
        RewriteOptions rewriteOptions = new RewriteOptions(
                options.polls(),
                options.elide(),
                internalName -> filter.includesByName(internalName.replace('/', '.')),
                sharded ? shards::stubOf : internalName -> PollKind.STUB,
                scopes,
                (owner, method) -> !options.shields().isEmpty() && cleanup.shield(owner.replace('/', '.'), method));
        PollTransformer transformer = new PollTransformer(
                filter,
                new ClassRewriter(rewriteOptions),
                counts,
                cleanup,
                options.failOnError(),
                scopes,
                new ClassRewriter(rewriteOptions.withoutPolls()));
        instrumentation.addTransformer(transformer, true);
        try {
            SelfTest.run(stub, polls);
        } catch (SelfTest.FailedException e) {
            instrumentation.removeTransformer(transformer);
            throw e;
        }
        counts.reset();
        stub.slowPath(options.count() ? engine.timedSlowPath(new PollTimes(stub)::nanos) : engine.slowPath());
        takeSignals(options, engine);
        stub.owner(EngineProtocol.publish(engine));
        LoadedClasses.rewrite(instrumentation, transformer, counts);
        engine.rehearse();
        if (options.freeze()) {
            engine.trainPolls();
            engine.rehearsePause();
        }
    }

    private static void takeSignals(Options options, CancelEngine engine) throws InvalidOptionException {
        try {
            Signals.take(options.signals(), SignalWork.of(engine));
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(
                    "signals=" + String.join(":", options.signals().keySet()) + ": " + e.getMessage());
        }
    }
}
