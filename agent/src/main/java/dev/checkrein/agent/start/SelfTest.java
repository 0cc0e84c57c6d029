package dev.checkrein.agent.start;

import dev.checkrein.agent.stub.PollStub;
import dev.checkrein.internal.cancel.PollSwitch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Polls once, all the way: a class is loaded, rewritten on the way in, run, and must arrive at the slow path. Whatever
 * keeps that from working would otherwise show only when a cancel has no effect.
 */
final class SelfTest {
    static final String SUBJECT = "dev.checkrein.agent.start.SelfTestSubject";

    private SelfTest() {}

    /** The message tells the user what to do. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        private FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static void run(PollStub stub, PollSwitch polls) throws FailedException {
        AtomicInteger taken = new AtomicInteger();
        Thread self = Thread.currentThread();
        stub.slowPath(kind -> {
            if (Thread.currentThread() == self) {
                taken.incrementAndGet();
            }
        });
        try {
            Runnable subject = (Runnable) new SubjectLoader()
                    .loadClass(SUBJECT)
                    .getDeclaredConstructor()
                    .newInstance();
            polls.armEntries(Set.of(SUBJECT));
            run(subject, polls);
            if (taken.get() == 0) { // The user may want polls in loops alone.
                polls.armLoops(Set.of(SUBJECT));
                run(subject, polls);
                polls.disarm();
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw new FailedException("the self-test failed: a rewritten class does not run (" + e + "). " + REMEDY, e);
        }
        if (taken.get() == 0) {
            throw new FailedException("the self-test failed: a rewritten class does not poll. " + REMEDY, null);
        }
    }

    private static void run(Runnable subject, PollSwitch polls) {
        polls.pending(true);
        try {
            subject.run();
        } finally {
            polls.pending(false);
        }
    }

    private static final String REMEDY =
            "Another agent may be undoing what this one does: put -javaagent:checkrein-agent.jar behind the others,"
                    + " or leave them out one by one to find which";

    /** Defines the subject anew, so that it passes through all transformers. */
    private static final class SubjectLoader extends ClassLoader {
        SubjectLoader() {
            super("checkrein-self-test", SelfTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(SUBJECT) ? findClass(name) : super.loadClass(name, resolve);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = SelfTest.class.getResourceAsStream("SelfTestSubject.class")) {
                byte[] classFile = in.readAllBytes();
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
