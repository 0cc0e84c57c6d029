package dev.checkrein.it.programs;

import dev.checkrein.CancellationScope;
import dev.checkrein.Checkrein;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.digest.DigestUtils;

/** Works with a library, then for ever, and shows what was rewritten when it was loaded. */
public final class UseCodec {
    private static final Duration SHORT = Duration.ofMillis(100);

    private UseCodec() {}

    public static void main(String[] args) {
        System.out.println(new Base32().encodeToString("checkrein".getBytes(StandardCharsets.UTF_8)));
        System.out.println(DigestUtils.sha256Hex("checkrein"));
        try {
            CancellationScope.named("codec").withDeadline(SHORT).run(UseCodec::encodeForEver);
        } catch (TimeoutException e) {
            System.out.println("timed out by " + e.getCause().getClass().getSimpleName());
        }
        Checkrein.Status status = Checkrein.status();
        System.out.println("rewritten when loaded: " + status.classesRewritten() + " classes, "
                + status.inserted().loops() + " loops, " + status.inserted().entries() + " entries, "
                + status.inserted().allocations() + " allocations");
    }

    private static void encodeForEver() {
        byte[] bytes = new byte[1000];
        while (true) {
            bytes[0] = new Base32().encode(bytes)[0];
        }
    }
}
