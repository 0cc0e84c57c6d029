import dev.checkrein.CancellationScope
import java.time.Duration
import java.util.concurrent.CancellationException
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeoutException

/** What the closure returns, or a TimeoutException if it takes longer. A closure is a Callable, so there is nothing to convert. */
def withDeadline(Duration limit, Closure work) {
    CancellationScope.named('script').withDeadline(limit).call(work)
}

def countForEver() {
    long turns = 0
    while (true) {
        turns++
    }
}

/** catch (all) would be catch (Exception), and not see an Error. */
def swallowForEver() {
    while (true) {
        try {
            countForEver()
        } catch (Throwable ignored) {
            // and on it goes
        }
    }
}

/** The line of this file that the thread was in. Above it on the stack may be Groovy's own code, which polls as well. */
def where(Throwable ended) {
    Throwable first = ended
    while (first.cause) {
        first = first.cause
    }
    def frame = first.stackTrace.find { it.fileName == 'Runaways.groovy' }
    "$frame.fileName:$frame.lineNumber"
}

def limit = Duration.ofSeconds(1)
println "Groovy $GroovySystem.version:"

try {
    withDeadline(limit) { countForEver() }
} catch (TimeoutException e) {
    println "  an endless loop had its deadline in ${where(e)}"
}

try {
    withDeadline(limit) { swallowForEver() }
} catch (TimeoutException e) {
    println "  one that catches every Throwable had it in ${where(e)}"
}

def scope = CancellationScope.named('script')
def started = new CountDownLatch(1)
Thread.start {
    started.await()
    scope.cancel('nobody wants the result')
}
try {
    scope.call {
        started.countDown()
        countForEver()
    }
} catch (CancellationException e) {
    println "  another thread cancelled: $e.message"
}
