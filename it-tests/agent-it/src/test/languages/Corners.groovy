import dev.checkrein.CancellationScope
import groovy.transform.CompileStatic
import groovy.transform.TailRecursive
import java.time.Duration
import java.util.concurrent.TimeoutException
import java.util.stream.Stream

/** Everything in Groovy that can go on for ever in a way of its own. */
@CompileStatic
class Compiled {
    static void count() {
        int turns = 0
        while (true) {
            turns++
        }
    }

    @TailRecursive
    static long recurse(long turns) {
        turns < 0 ? turns : recurse(turns + 1)
    }
}

class Dynamic {
    def methodMissing(String name, arguments) {
        name
    }
}

def spin
def recurse
def swallowed = 0
def shapes = [
        'compiled statically'       : { Compiled.count() },
        'tail recursion'            : { Compiled.recurse(0) },
        'dynamic'                   : { def turns = 0; while (true) { turns += 1 } },
        'a closure for each'        : { while (true) { (0..1000).each { swallowed + it } } },
        'one closure in another'    : { 1L.upto(Long.MAX_VALUE) { outer -> 1.step(3, 1) { outer + it } } },
        'a closure in a stream'     : { Stream.iterate(0) { it + 1 }.forEach { swallowed + it } },
        'methods that are missing'  : { def dynamic = new Dynamic(); while (true) { dynamic.anything() } },
        'methods by their names'    : { def name = 'toUpperCase'; while (true) { 'text'."$name"() } },
        'exceptions from closures'  : {
            while (true) {
                try {
                    [1].each { throw new IOException("no $it") }
                } catch (Throwable ignored) {
                    swallowed++
                }
            }
        },
        'continue in finally'       : {
            while (true) {
                try {
                    throw new IOException('no')
                } finally {
                    swallowed++
                    continue
                }
            }
        },
        'stack overflows'           : {
            recurse = { recurse() }
            while (true) {
                try {
                    recurse()
                } catch (StackOverflowError ignored) {
                    swallowed++
                }
            }
        },
        'a trampoline'              : { spin = { spin.trampoline() }.trampoline(); spin() },
        'a script in a script'      : { Eval.me('int turns = 0; while (true) { turns++ }') },
        'sleep, which goes on when interrupted': { sleep(Duration.ofDays(1).toMillis()) },
]
shapes.each { name, shape ->
    try {
        CancellationScope.named(name).withDeadline(Duration.ofMillis(200)).call(shape)
        println "$name: ended"
    } catch (TimeoutException ignored) {
        println "$name: stopped"
    }
}
