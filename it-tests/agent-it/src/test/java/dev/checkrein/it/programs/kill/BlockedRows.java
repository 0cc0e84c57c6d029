package dev.checkrein.it.programs.kill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What waits. */
final class BlockedRows {
    static long sink;

    private BlockedRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("`Thread.sleep`", () -> BlockedRows::sleep),
                Row.of(
                        "`Thread.sleep` in a loop that catches every `Throwable`",
                        () -> BlockedRows::sleepInSwallowingLoop),
                Row.of("`Object.wait`", () -> BlockedRows::waitForNotify),
                Row.of("`LockSupport.park` in a loop", () -> BlockedRows::park),
                Row.of("`BlockingQueue.take`", () -> BlockedRows::take),
                Row.of("`ReentrantLock.lockInterruptibly`", () -> new OwnedLock(true)),
                Row.of("read from a `SocketChannel`", () -> BlockedRows::readChannel),
                Row.of("blocked virtual thread", () -> BlockedRows::take).onVirtualThreads(),
                Row.of("`ReentrantLock.lock`", () -> new OwnedLock(false)).that(Row.Ending.WAITS),
                Row.of("monitor that another thread owns", OwnedMonitor::new).that(Row.Ending.WAITS),
                Row.of("read from a `Socket`", SilentSocket::new).that(Row.Ending.WAITS));
    }

    private static void sleep(Runnable begun) throws InterruptedException {
        begun.run();
        Thread.sleep(Long.MAX_VALUE); // the subject
    }

    private static void sleepInSwallowingLoop(Runnable begun) {
        begun.run();
        while (sink != -1) {
            try {
                Thread.sleep(Long.MAX_VALUE); // the subject
            } catch (Throwable swallowed) {
                sink += 2;
            }
        }
    }

    private static void waitForNotify(Runnable begun) throws InterruptedException {
        Object lock = new Object();
        synchronized (lock) {
            begun.run();
            while (sink != -1) {
                lock.wait();
            }
        }
    }

    private static void park(Runnable begun) {
        begun.run();
        while (sink != -1) {
            LockSupport.park();
        }
    }

    private static void take(Runnable begun) throws InterruptedException {
        begun.run();
        sink += new LinkedBlockingQueue<Integer>().take();
    }

    private static void readChannel(Runnable begun) throws IOException {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = SocketChannel.open(server.getLocalAddress())) {
            begun.run();
            sink += channel.read(ByteBuffer.allocate(1));
        }
    }

    /** When it has what it waited for. */
    private static void loop() {
        while (sink != -1) {
            sink += 2;
        }
    }

    /** Another thread has what this one needs, until it is told to let go. */
    private abstract static class Owned implements Work {
        private volatile boolean owned;
        private volatile boolean released;
        private final Thread owner = new Thread(this::own, "owner");

        void begin() {
            owner.setDaemon(true);
            owner.start();
            while (!owned) {
                Thread.yield();
            }
        }

        /** Calls {@link #keep}. On the owner. */
        abstract void own();

        final void keep() {
            owned = true;
            while (!released) {
                LockSupport.park();
            }
        }

        @Override
        public void release() {
            released = true;
            LockSupport.unpark(owner);
        }

        final void join() throws InterruptedException {
            owner.join();
        }
    }

    private static final class OwnedLock extends Owned {
        private final ReentrantLock lock = new ReentrantLock();
        private final boolean interruptibly;

        OwnedLock(boolean interruptibly) {
            this.interruptibly = interruptibly;
            begin();
        }

        @Override
        void own() {
            lock.lock();
            try {
                keep();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void run(Runnable begun) throws InterruptedException {
            begun.run();
            if (interruptibly) {
                lock.lockInterruptibly();
            } else {
                lock.lock();
            }
            try {
                loop();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ended(boolean byItself) throws InterruptedException {
            join();
            if (lock.isLocked()) {
                throw new IllegalStateException("the lock was not given back");
            }
        }
    }

    private static final class OwnedMonitor extends Owned {
        OwnedMonitor() {
            begin();
        }

        @Override
        synchronized void own() {
            keep();
        }

        @Override
        public void run(Runnable begun) {
            begun.run();
            synchronized (this) {
                loop();
            }
        }
    }

    private static final class SilentSocket implements Work {
        private final ServerSocket server;

        SilentSocket() {
            try {
                server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void run(Runnable begun) throws IOException {
            try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                    InputStream in = socket.getInputStream()) {
                begun.run();
                sink += in.read();
                loop();
            }
        }

        /** The other end breaks the connection. */
        @Override
        public void release() throws IOException {
            if (!server.isClosed()) {
                server.accept().close();
                server.close();
            }
        }
    }
}
