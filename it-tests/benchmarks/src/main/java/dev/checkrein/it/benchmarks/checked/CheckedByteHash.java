package dev.checkrein.it.benchmarks.checked;

import dev.checkrein.it.benchmarks.Kernel;
import dev.checkrein.it.benchmarks.kernels.ByteHash;

/** {@link ByteHash} with checks. */
public final class CheckedByteHash implements Kernel {
    private final byte[] bytes = new byte[8192];

    public CheckedByteHash() {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
    }

    @Override
    public long run() {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            if (Thread.interrupted()) {
                throw new Interrupted();
            }
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
