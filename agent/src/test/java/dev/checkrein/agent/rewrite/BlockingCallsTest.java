package dev.checkrein.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table says of a call whether a thread may come back from it that a pause has not seen stop. */
class BlockingCallsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/lang/Object.wait",
                "java/lang/Thread.sleep",
                "java/lang/Thread.join",
                "java/lang/Process.waitFor",
                "java/lang/Exception.printStackTrace",
                "java/lang/Class.forName",
                "java/lang/Class.getResourceAsStream",
                "java/lang/reflect/Method.invoke",
                "java/lang/foreign/Linker.downcallHandle",
                "java/io/InputStream.read",
                "java/net/Socket.connect",
                "java/nio/channels/Selector.select",
                "java/nio/MappedByteBuffer.force",
                "java/sql/Statement.executeQuery",
                "java/util/UUID.randomUUID",
                "java/util/concurrent/locks/Lock.lock",
                "java/util/concurrent/BlockingQueue.take",
                "java/util/concurrent/TimeUnit.sleep",
                "java/util/stream/Stream.forEach",
                "javax/sql/DataSource.getConnection",
                "com/sun/net/httpserver/HttpServer.stop",
                "jdk/jfr/Recording.stop",
                "org/xml/sax/XMLReader.parse",
                "org/w3c/dom/ls/LSParser.parse",
                "org/ietf/jgss/GSSContext.initSecContext",
                "com/acme/Library.anything",
                "kotlinx/coroutines/BuildersKt.runBlocking",
            })
    void mayBlock(String call) {
        assertThat(contains(call)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/lang/Object.hashCode",
                "java/lang/String.length",
                "java/lang/Math.max",
                "java/lang/StringBuilder.append",
                "java/lang/Thread.currentThread",
                "java/util/ArrayList.get",
                "java/util/HashMap.put",
                "java/util/concurrent/atomic/AtomicLong.incrementAndGet",
                "java/util/concurrent/TimeUnit.toNanos",
                "[I.clone",
            })
    void doesNotBlock(String call) {
        assertThat(contains(call)).isFalse();
    }

    @Test
    void whatIsInheritedIsKnownByItsNameOrItsTime() {
        assertThat(BlockingCalls.mayBeInherited("sleep", "(J)V")).isTrue();
        assertThat(BlockingCalls.mayBeInherited("printStackTrace", "()V")).isTrue();
        assertThat(BlockingCalls.mayBeInherited("poll", "(JLjava/util/concurrent/TimeUnit;)Ljava/lang/Object;"))
                .isTrue();
        assertThat(BlockingCalls.mayBeInherited("put", "(Ljava/lang/Object;)V")).isTrue();
        assertThat(BlockingCalls.mayBeInherited("put", "(I)V")).isFalse();
        assertThat(BlockingCalls.mayBeInherited("size", "()I")).isFalse();
    }

    private static boolean contains(String call) {
        int dot = call.lastIndexOf('.');
        return BlockingCalls.of(call.substring(0, dot)).contain(call.substring(dot + 1));
    }
}
