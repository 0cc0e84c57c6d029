package cleanup

import java.io.Closeable
import java.io.StringReader
import java.util.concurrent.locks.Lock
import java.util.concurrent.locks.ReentrantReadWriteLock
import kotlin.concurrent.read
import kotlin.concurrent.withLock

/*
 * What kotlinc makes of cleanup. In this code every call of a method whose name begins with "tidy", and every one that
 * closes or unlocks, must be found to be cleanup, and no call of one whose name begins with "work". Nor do the loops of functions whose name
 * begins with "endless" poll in cleanup.
 */

fun work() {}

fun workOn(): Boolean = true

fun workOut(): Int = 1

fun tidyOut(): Int = 1

fun tidyOn(): Boolean = true

fun tidy() {}

fun tidyWith(argument: Any?) {}

fun tidyInt(argument: Int) {}

fun tryFinally() {
    work()
    try {
        work()
    } finally {
        tidy()
    }
    work()
}

fun returnFromTry(): Int {
    try {
        work()
        return workOut()
    } finally {
        tidy()
    }
}

fun valueOfTry(): Int {
    val value = try {
        workOut()
    } catch (e: IllegalStateException) {
        work()
        2
    } finally {
        tidy()
    }
    work()
    return value
}

fun severalWaysOut(n: Int): Int {
    for (i in 0 until n) {
        work()
        try {
            work()
            if (workOn()) {
                continue
            }
            if (i == 7) {
                break
            }
            if (i == 8) {
                return workOut()
            }
            work()
        } finally {
            tidy()
            tidyWith("again")
        }
        work()
    }
    return n
}

fun outOfTwoLoops(n: Int) {
    outer@ for (i in 0 until n) {
        try {
            for (j in 0 until n) {
                try {
                    work()
                    if (j == 3) {
                        continue@outer
                    }
                    if (j == 4) {
                        break@outer
                    }
                    work()
                } finally {
                    tidyWith("inner")
                }
                work()
            }
            work()
        } finally {
            tidyWith("outer")
        }
        work()
    }
    work()
}

fun catchAndFinally() {
    try {
        work()
    } catch (e: IllegalStateException) {
        work()
    } catch (e: IllegalArgumentException) {
        work()
    } finally {
        tidy()
    }
    work()
}

fun finallyWithBranches(a: Boolean, b: IntArray) {
    try {
        work()
    } finally {
        if (a) {
            tidy()
        } else {
            for (element in b) {
                tidyInt(element)
            }
        }
    }
    work()
}

fun finallyWithCatch() {
    try {
        work()
    } finally {
        try {
            tidy()
        } catch (e: RuntimeException) {
            tidyWith(e)
        }
    }
    work()
}

fun finallyWithLambda(list: List<String>) {
    val how = StringBuilder()
    try {
        work()
    } finally {
        list.forEach { tidyWith(it) }
        tidyWith("$how and $list")
    }
    work()
}

fun finallyWithWhen(any: Any?) {
    try {
        work()
    } finally {
        when (any) {
            is String -> tidyWith(any.length)
            null -> tidy()
            else -> tidyInt(any.hashCode())
        }
    }
    work()
}

fun nested() {
    try {
        work()
        try {
            work()
        } finally {
            tidyWith("inner")
        }
        work()
    } finally {
        tidyWith("outer")
    }
    work()
}

fun nestedReturn(): Int {
    try {
        work()
        try {
            work()
            if (workOn()) {
                return workOut()
            }
            work()
        } finally {
            tidyWith("inner")
        }
        return workOut()
    } finally {
        tidyWith("outer")
    }
}

fun finallyInFinally() {
    try {
        work()
    } finally {
        try {
            tidy()
        } finally {
            tidyWith("last")
        }
    }
    work()
}

fun rethrow() {
    try {
        work()
    } catch (e: Throwable) {
        tidy()
        throw e
    }
    work()
}

fun wrap(): Int =
    try {
        workOut()
    } catch (e: RuntimeException) {
        tidy()
        throw IllegalStateException(e)
    }

fun rethrowAndFinally() {
    try {
        work()
    } catch (e: Throwable) {
        tidyWith("caught")
        throw e
    } finally {
        tidyWith("last")
    }
    work()
}

fun swallow() {
    try {
        work()
    } catch (e: Throwable) {
        work()
    }
    work()
    runCatching { work() }
    work()
}

fun retry() {
    while (true) {
        try {
            work()
            return
        } catch (e: RuntimeException) {
            work()
            if (workOn()) {
                continue
            }
            tidy()
            throw e
        }
    }
}

fun endlessInCatch() {
    try {
        work()
    } catch (e: RuntimeException) {
        while (true) {
            work()
        }
    }
}

fun lock(lock: Any): Int {
    work()
    synchronized(lock) {
        tidy()
        if (tidyOn()) {
            return tidyOut()
        }
    }
    work()
    return synchronized(lock) { tidyOut() }
}

fun useOne(c: Closeable) {
    work()
    c.use {
        work()
    }
    work()
}

fun useAuto(c: AutoCloseable?): Int {
    work()
    val value = c.use { workOut() }
    work()
    return value
}

fun returnFromUse(c: Closeable): Int {
    c.use { _ ->
        work()
        if (workOn()) {
            return workOut()
        }
        work()
    }
    work()
    return 1
}

fun useTwo(a: Closeable, b: Closeable): Int =
    a.use {
        work()
        b.use {
            workOut()
        }
    }

fun useInFinally(c: Closeable) {
    try {
        work()
    } finally {
        c.use { tidy() }
    }
    work()
}

fun useInLoop(all: List<Closeable>) {
    for (c in all) {
        c.use {
            work()
            if (workOn()) {
                return@use
            }
            work()
        }
        work()
    }
}

fun withLock(lock: Lock): Int {
    work()
    lock.withLock {
        work()
        if (workOn()) {
            return workOut()
        }
    }
    work()
    return lock.withLock { workOut() }
}

fun readLock(lock: ReentrantReadWriteLock) {
    work()
    lock.read {
        work()
    }
    work()
}

inline fun <T> guarded(name: String, block: () -> T): T {
    work()
    try {
        return block()
    } finally {
        tidyWith(name)
    }
}

inline fun <T> guardedCatch(block: () -> T): T? {
    try {
        return block()
    } catch (e: RuntimeException) {
        tidyWith(e)
        throw e
    } finally {
        tidy()
    }
}

fun inlined() {
    guarded("a") {
        work()
    }
    work()
}

fun inlinedValue(): Int {
    val value = guarded("a") { workOut() }
    work()
    return value + guarded("b") { guardedCatch { workOut() } ?: workOut() }
}

fun nonLocalReturn(list: List<String>): Int {
    list.forEach {
        guarded(it) {
            work()
            if (workOn()) {
                return workOut()
            }
            work()
        }
        work()
    }
    return workOut()
}

fun nonLocalReturnOfTwo(): Int {
    guarded("outer") {
        guarded("inner") {
            work()
            if (workOn()) {
                return workOut()
            }
            work()
        }
        work()
    }
    work()
    return workOut()
}

fun nonLocalFromTry(list: List<String>): Int {
    try {
        list.forEach {
            work()
            if (workOn()) {
                return workOut()
            }
        }
        work()
    } finally {
        tidy()
    }
    return workOut()
}

inline fun around(tidyUp: () -> Unit, block: () -> Unit) {
    try {
        block()
    } finally {
        tidyUp()
    }
}

fun inlinedFinally(list: List<String>) {
    around({
        tidyWith(list)
        for (element in list) {
            tidyWith(element)
        }
    }) {
        work()
        if (workOn()) return
    }
    work()
}

inline fun crossed(crossinline block: () -> Unit): Runnable = Runnable {
    try {
        block()
    } finally {
        tidy()
    }
}

fun useCrossed() {
    crossed { work() }.run()
    work()
}

/* From here on kotlinc leaves out of some copies what it knows there: that something is not null, or is true. */

fun notNullOnceMade(): Int {
    var reader: StringReader? = null
    try {
        reader = StringReader("a")
        work()
        return workOut()
    } finally {
        reader?.close()
        tidy()
    }
}

fun notNullInOneBranch(make: () -> StringReader) {
    var reader: StringReader? = null
    try {
        reader = make()
        work()
        if (workOn()) {
            return
        }
        work()
    } finally {
        if (reader != null) {
            reader.close()
        } else {
            tidy()
        }
    }
    work()
}

fun notNullAsserted(c: Closeable?): Int {
    try {
        c!!.hashCode()
        when (workOut()) {
            1 -> return workOut()
            2 -> work()
            3 -> {}
            4 -> {}
        }
    } finally {
        c?.close()
    }
    work()
    return workOut()
}

fun onlyAfterFailure() {
    var worked = false
    try {
        work()
        worked = true
    } finally {
        if (!worked) {
            tidy()
        } else {
            tidyWith("worked")
        }
    }
    work()
}

inline fun <R> Closeable.ownUse(block: (Closeable) -> R): R {
    var failure: Throwable? = null
    try {
        return block(this)
    } catch (e: Throwable) {
        failure = e
        throw e
    } finally {
        when {
            failure == null -> close()
            else ->
                try {
                    close()
                } catch (e: Throwable) {
                    tidyWith(e)
                }
        }
    }
}

fun useOwnUse(c: Closeable): Int {
    c.ownUse {
        if (workOn()) {
            return workOut()
        }
        work()
    }
    work()
    return workOut()
}

fun endlessTry(c: Closeable?): Int {
    var n = 0
    while (true) {
        try {
            c!!.hashCode()
            n += workOut()
            if (n == 3) continue
            if (n == 1_000) break
            work()
        } finally {
            c?.close()
        }
    }
    return n
}

fun asArgument(c: Closeable?) {
    workWith(
        workOut(),
        try {
            c!!.hashCode()
            workOut()
        } finally {
            c?.close()
        },
    )
    workWith(
        workOut(),
        try {
            c!!.hashCode()
            workOut()
        } finally {
            c?.close()
        } + workOut(),
    )
}

fun workWith(
    a: Int,
    b: Int,
) {}

fun tidyArgument(): Int = 1

class Sized(val size: Int) {
    val value = try {
        workOut()
    } finally {
        tidy()
    }

    constructor() : this(tidyArgument()) {
        work()
    }

    init {
        try {
            work()
        } finally {
            tidyWith(size)
        }
        work()
    }
}
