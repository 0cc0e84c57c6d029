package resources

import java.io.BufferedReader
import java.io.Closeable
import java.io.StringReader
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import kotlin.properties.Delegates
import kotlin.properties.ReadOnlyProperty
import kotlin.reflect.KProperty

/** Inline functions with try and finally, locks, delegates, generics with variance, value classes. */
@JvmInline
value class Name(val text: String) : Comparable<Name> {
    init {
        require(text.isNotBlank()) { "blank" }
    }

    override fun compareTo(other: Name) = text.compareTo(other.text)
}

inline fun <T, R> T.guarded(before: (T) -> Unit, after: (T, Throwable?) -> Unit, work: (T) -> R): R {
    var failure: Throwable? = null
    before(this)
    try {
        return work(this)
    } catch (e: Throwable) {
        failure = e
        throw e
    } finally {
        after(this, failure)
    }
}

class Counted<out T : Closeable>(private val make: () -> T) {
    private val lock = ReentrantLock()
    private val monitor = Any()

    var uses by Delegates.observable(0) { _, old, new -> check(new >= old) }
        private set

    fun <R> use(work: (T) -> R): R =
        lock.withLock {
            uses++
            make().use(work)
        }

    fun first(predicate: (T) -> Boolean): T? {
        for (i in 0..3) {
            synchronized(monitor) {
                val made = make()
                made.guarded({ uses += i }, { it, failure -> if (failure != null) it.close() }) {
                    if (predicate(it)) return made
                    if (i == 2) return null
                }
            }
        }
        return null
    }
}

class Lazily<T>(initializer: () -> T) : ReadOnlyProperty<Any?, T> {
    private val value by lazy(LazyThreadSafetyMode.PUBLICATION, initializer)

    override fun getValue(thisRef: Any?, property: KProperty<*>): T = value
}

interface Shelf<in K : Comparable<K>, V> {
    fun put(key: K, value: V): V?

    operator fun get(key: K): V?
}

class SortedShelf<K : Comparable<K>, V>(private val entries: java.util.TreeMap<K, V> = java.util.TreeMap()) :
    Shelf<K, V>,
    Iterable<Map.Entry<K, V>> by entries.entries {
    override fun put(key: K, value: V): V? = entries.put(key, value)

    override fun get(key: K): V? = entries[key]
}

inline fun <reified T : Any> Iterable<*>.only(): List<T> = filterIsInstance<T>().ifEmpty { error("no ${T::class.java}") }

fun count(texts: List<String>): SortedShelf<Name, Int> {
    val shelf = SortedShelf<Name, Int>()
    texts.forEach { text ->
        BufferedReader(StringReader(text)).useLines { lines ->
            lines
                .flatMap { it.splitToSequence(' ', ',') }
                .filter(String::isNotBlank)
                .map(::Name)
                .groupingBy { it }
                .eachCount()
                .forEach { (name, n) -> shelf.put(name, n + (shelf[name] ?: 0)) }
        }
    }
    return shelf
}

fun copy(from: Array<out CharSequence>, to: Appendable, vararg separators: Char = charArrayOf(' ')) {
    var written = 0
    outer@ for ((i, text) in from.withIndex()) {
        for (c in text) {
            try {
                when (c) {
                    '\n' -> continue@outer
                    '\u0000' -> break@outer
                    in separators -> continue
                }
                to.append(c)
            } finally {
                written += if (c.isWhitespace()) 0 else i
            }
        }
    }
    to.append(written.toString())
}

object Registry {
    private val names by Lazily { mutableMapOf<String, (Int) -> Any>() }

    init {
        names["twice"] = { it * 2 }
        names["text"] = Int::toString
        names["both"] = { n -> object { override fun toString() = "$n and ${names.getValue("twice")(n)}" } }
    }

    operator fun invoke(name: String, n: Int): Any = names[name]?.invoke(n) ?: NoSuchElementException(name)
}
