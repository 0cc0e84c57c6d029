import dev.checkrein.CancellationScope
import java.io.Closeable
import java.io.IOException
import java.time.Duration
import java.util.concurrent.TimeoutException
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** Everything in Kotlin that can go on for ever in a way of its own. */
private var turns = 0L
private val lock = Any()

tailrec fun recurse(n: Long): Long = if (n < 0) n else recurse(n + 1)

fun deep(n: Int): Int = deep(n + 1) + 1

class Resource : Closeable {
    override fun close() {
        turns++
    }
}

inline fun forEver(body: () -> Unit) {
    while (true) {
        body()
    }
}

val shapes: Map<String, () -> Unit> = mapOf(
    "tail recursion" to { recurse(0) },
    "an inlined loop" to { forEver { turns++ } },
    "an empty one" to { forEver { } },
    "repeat in repeat" to { repeat(Int.MAX_VALUE) { repeat(Int.MAX_VALUE) { turns++ } } },
    "a range" to { for (i in 0..Long.MAX_VALUE) turns += i },
    "a sequence of a function" to { generateSequence(0) { it + 1 }.forEach { turns += it } },
    "a sequence that yields" to { sequence { while (true) yield(turns++) }.filter { it < 0 }.first() },
    "failures that are results" to { forEver { runCatching { throw IOException() }.onFailure { turns++ } } },
    "resources" to { forEver { runCatching { Resource().use { turns++ } } } },
    "continue in finally" to {
        while (true) {
            try {
                throw IOException()
            } finally {
                turns++
                continue
            }
        }
    },
    "stack overflows" to {
        forEver {
            try {
                deep(0)
            } catch (e: StackOverflowError) {
                turns++
            }
        }
    },
    "in a monitor" to { synchronized(lock) { forEver { turns++ } } },
    "a lazy value" to { lazy { forEver { turns++ } }.value },
)

val coroutines: Map<String, () -> Unit> = mapOf(
    "a coroutine that does not suspend" to { runBlocking { async { forEver { turns++ } }.await() } },
    "a coroutine that does" to { runBlocking { forEver { runCatching { yield() } } } },
)

fun main(args: Array<String>) {
    for ((name, shape) in if ("coroutines" in args) coroutines else shapes) {
        try {
            CancellationScope.named(name).withDeadline(Duration.ofMillis(100)).run(shape)
            println("$name: ended")
        } catch (e: TimeoutException) {
            println("$name: stopped")
        }
    }
}
