package coroutines

import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.createCoroutine
import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine

/** Functions that can be suspended, with a scheduler of one thread to run them; sequences; channels. */
class Scheduler : Continuation<Unit> {
    private val ready = ArrayDeque<() -> Unit>()
    private val failures = mutableListOf<Throwable>()

    override val context: CoroutineContext = EmptyCoroutineContext

    override fun resumeWith(result: Result<Unit>) {
        result.onFailure { failures += it }
    }

    fun launch(task: suspend Scheduler.() -> Unit) {
        val start = task.createCoroutine(this, this)
        ready.addLast { start.resume(Unit) }
    }

    suspend fun pause() = suspendCoroutine<Unit> { continuation -> ready.addLast { continuation.resume(Unit) } }

    fun run(): List<Throwable> {
        while (true) {
            val next = ready.removeFirstOrNull() ?: return failures.toList()
            next()
        }
    }
}

class Channel<T : Any>(private val scheduler: Scheduler, private val capacity: Int) : AutoCloseable {
    private val elements = ArrayDeque<T>(capacity)
    private var closed = false

    suspend fun send(element: T) {
        while (elements.size >= capacity) {
            scheduler.pause()
        }
        check(!closed) { "closed" }
        elements += element
    }

    suspend fun receive(): T? {
        while (elements.isEmpty()) {
            if (closed) return null
            scheduler.pause()
        }
        return elements.removeFirst()
    }

    override fun close() {
        closed = true
    }
}

suspend inline fun <T : Any> Channel<T>.forEach(action: (T) -> Unit) {
    while (true) {
        action(receive() ?: return)
    }
}

fun <T : Any, R : Any> Scheduler.pipeline(source: Iterable<T>, transform: suspend (T) -> R?): MutableList<R> {
    val results = mutableListOf<R>()
    val first = Channel<T>(this, 3)
    val second = Channel<R>(this, 2)
    launch {
        first.use { channel ->
            for (element in source) channel.send(element)
        }
    }
    launch {
        try {
            first.forEach { element ->
                val transformed = transform(element) ?: return@forEach
                second.send(transformed)
            }
        } catch (e: IllegalStateException) {
            results.clear()
            throw e
        } finally {
            pause()
            second.close()
        }
    }
    launch { second.forEach { results += it } }
    return results
}

val fibonacci: Sequence<Long> =
    sequence {
        var (a, b) = 0L to 1L
        while (true) {
            yield(a)
            a = b.also { b += a }
        }
    }

fun <T> Sequence<T>.windows(size: Int): Sequence<List<T>> =
    sequence {
        val window = ArrayList<T>(size)
        try {
            for (element in this@windows) {
                window.add(element)
                if (window.size == size) {
                    yield(window.toList())
                    window.removeAt(0)
                }
            }
        } finally {
            window.clear()
        }
    }

suspend fun recursive(scheduler: Scheduler, depth: Int): Int {
    if (depth == 0) return 1
    scheduler.pause()
    val left = recursive(scheduler, depth - 1)
    val right = if (depth % 2 == 0) recursive(scheduler, depth - 1) else left
    return left + right
}

fun main() {
    val scheduler = Scheduler()
    val words = scheduler.pipeline(1..20) { n -> if (n % 3 == 0) null else "$n".also { scheduler.pause() } }
    scheduler.launch { println(recursive(this, 6)) }
    println(scheduler.run())
    println(words)
    println(fibonacci.windows(3).take(10).toList())
}
