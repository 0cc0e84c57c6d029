package cleanup

import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.coroutines.suspendCoroutine

/*
 * Cleanup in functions that can be suspended, which kotlinc turns into state machines: every call of a method whose name
 * begins with "tidy" must be found to be cleanup, and no call of one whose name begins with "work".
 */

suspend fun workLater(): Int = suspendCoroutineUninterceptedOrReturn { _: Continuation<Int> -> COROUTINE_SUSPENDED }

suspend fun tryFinallySuspending() {
    work()
    try {
        work()
        workLater()
        work()
    } finally {
        tidy()
    }
    work()
}

suspend fun returnSuspending(name: String): Int {
    try {
        work()
        if (workOn()) {
            return workLater()
        }
        return workLater() + workLater()
    } finally {
        tidyWith(name)
    }
}

suspend fun loopSuspending(names: List<String>) {
    for (name in names) {
        try {
            if (workLater() == 3) {
                continue
            }
            if (workLater() == 4) {
                break
            }
            work()
        } finally {
            tidyWith(name)
        }
        work()
    }
    work()
}

suspend fun nestedSuspending() {
    try {
        workLater()
        try {
            workLater()
        } finally {
            tidyWith("inner")
        }
        workLater()
    } finally {
        tidyWith("outer")
    }
    workLater()
}

suspend fun rethrowSuspending() {
    try {
        workLater()
    } catch (e: Throwable) {
        tidy()
        throw e
    }
    workLater()
}

suspend fun guardedSuspending(): Int {
    guarded("a") {
        if (workLater() == 2) {
            return workLater()
        }
    }
    return workOut()
}

val numbers = sequence {
    try {
        work()
        yield(workOut())
        work()
    } finally {
        tidy()
    }
    work()
}

fun lambda(): suspend () -> Unit = {
    try {
        work()
        workLater()
    } finally {
        tidy()
    }
    work()
}

suspend fun tidyLater(): Int = suspendCoroutine { }

suspend fun finallySuspending(): Int {
    try {
        work()
        if (workOn()) {
            return workLater()
        }
        workLater()
    } finally {
        tidy()
        tidyLater()
        tidyWith("behind")
    }
    work()
    return workOut()
}

suspend fun finallySuspendingOnly(name: String) {
    try {
        work()
    } finally {
        tidyLater()
        tidyWith(name)
    }
    work()
}
