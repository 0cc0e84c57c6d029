import dev.checkrein.CancellationScope
import java.util.concurrent.CancellationException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeoutException
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/** `scope { work() }` instead of `scope.call { work() }`. */
operator fun <T> CancellationScope.invoke(work: () -> T): T = call(work)

/** What [work] returns, or a [TimeoutException] if it takes longer. Not a coroutine's withTimeout: the work need not suspend. */
inline fun <T> withDeadline(limit: Duration, crossinline work: () -> T): T =
    CancellationScope.named("function").withDeadline(limit.toJavaDuration()).call { work() }

private var turns = 0L

fun countForEver() {
    while (true) {
        turns++
    }
}

/** runCatching catches every Throwable. */
fun swallowForEver() {
    while (true) {
        runCatching { countForEver() }
    }
}

/** The line of this file that the thread was in. */
fun where(ended: Throwable): String {
    val first = generateSequence(ended) { it.cause }.last()
    val frame = first.stackTrace.first { it.fileName == "Runaways.kt" }
    return "${frame.fileName}:${frame.lineNumber}"
}

fun main() {
    println("Kotlin ${KotlinVersion.CURRENT}:")

    try {
        withDeadline(1.seconds) { countForEver() }
    } catch (e: TimeoutException) {
        println("  an endless loop had its deadline in ${where(e)}")
    }

    try {
        withDeadline(1.seconds) { swallowForEver() }
    } catch (e: TimeoutException) {
        println("  one that catches every Throwable had it in ${where(e)}")
    }

    val scope = CancellationScope.named("function")
    val started = CountDownLatch(1)
    thread {
        started.await()
        scope.cancel("nobody wants the result")
    }
    try {
        scope {
            started.countDown()
            countForEver()
        }
    } catch (e: CancellationException) {
        println("  another thread cancelled: ${e.message}")
    }
}
