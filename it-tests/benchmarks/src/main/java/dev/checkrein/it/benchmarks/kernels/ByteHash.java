package dev.checkrein.it.benchmarks.kernels;

import dev.checkrein.it.benchmarks.Kernel;

/** A hash over bytes: one multiplication waits for the one before. */
public final class ByteHash implements Kernel {
    private final byte[] bytes = new byte[8192];

    public ByteHash() {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
    }

    @Override
    public long run() {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
