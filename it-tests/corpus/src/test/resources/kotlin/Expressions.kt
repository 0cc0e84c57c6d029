package expressions

/** A small language: sealed and data classes, when, operators, extension and tail-recursive functions. */
sealed interface Expression {
    data class Number(val value: Double) : Expression

    data class Variable(val name: String) : Expression

    data class Binary(val operator: Operator, val left: Expression, val right: Expression) : Expression

    data class Let(val name: String, val value: Expression, val body: Expression) : Expression

    data object Nothing : Expression
}

enum class Operator(val symbol: Char, val precedence: Int) {
    PLUS('+', 1) {
        override fun apply(a: Double, b: Double) = a + b
    },
    MINUS('-', 1) {
        override fun apply(a: Double, b: Double) = a - b
    },
    TIMES('*', 2) {
        override fun apply(a: Double, b: Double) = a * b
    },
    OVER('/', 2) {
        override fun apply(a: Double, b: Double) = if (b == 0.0) throw ArithmeticException("over zero") else a / b
    }, ;

    abstract fun apply(a: Double, b: Double): Double

    companion object {
        private val bySymbol = entries.associateBy(Operator::symbol)

        operator fun get(symbol: Char): Operator? = bySymbol[symbol]
    }
}

class SyntaxException(message: String, val at: Int) : Exception("$message at $at")

class Parser(private val text: String) {
    private var at = 0

    private val next: Char?
        get() {
            while (at < text.length && text[at].isWhitespace()) at++
            return text.getOrNull(at)
        }

    fun parse(): Expression = expression(0).also { if (next != null) throw SyntaxException("too much", at) }

    private fun expression(least: Int): Expression {
        var left = operand()
        while (true) {
            val operator = next?.let { Operator[it] } ?: return left
            if (operator.precedence < least) return left
            at++
            left = Expression.Binary(operator, left, expression(operator.precedence + 1))
        }
    }

    private fun operand(): Expression =
        when (val c = next) {
            null -> Expression.Nothing
            '(' -> {
                at++
                val inner = expression(0)
                if (next != ')') throw SyntaxException("no )", at)
                at++
                inner
            }
            in '0'..'9' -> Expression.Number(take { it.isDigit() || it == '.' }.toDouble())
            in 'a'..'z', in 'A'..'Z' -> {
                val name = take(Char::isLetterOrDigit)
                if (name == "let") let() else Expression.Variable(name)
            }
            else -> throw SyntaxException("unexpected '$c'", at)
        }

    private fun let(): Expression {
        next
        val name = take(Char::isLetter)
        if (next != '=') throw SyntaxException("no =", at)
        at++
        val value = expression(0)
        if (next != ';') throw SyntaxException("no ;", at)
        at++
        return Expression.Let(name, value, expression(0))
    }

    private inline fun take(accepted: (Char) -> Boolean): String {
        val start = at
        while (at < text.length && accepted(text[at])) at++
        return text.substring(start, at)
    }
}

typealias Scope = Map<String, Double>

fun Expression.evaluate(scope: Scope = emptyMap()): Double =
    when (this) {
        is Expression.Number -> value
        is Expression.Variable -> scope[name] ?: error("no $name in ${scope.keys.sorted()}")
        is Expression.Binary -> operator.apply(left.evaluate(scope), right.evaluate(scope))
        is Expression.Let -> body.evaluate(scope + (name to value.evaluate(scope)))
        Expression.Nothing -> Double.NaN
    }

fun Expression.simplified(): Expression =
    when (this) {
        is Expression.Binary -> {
            val (operator, left, right) = copy(left = left.simplified(), right = right.simplified())
            when {
                left is Expression.Number && right is Expression.Number ->
                    try {
                        Expression.Number(operator.apply(left.value, right.value))
                    } catch (e: ArithmeticException) {
                        Expression.Nothing
                    }
                operator == Operator.TIMES && (left.isNumber(0) || right.isNumber(0)) -> Expression.Number(0.0)
                operator == Operator.TIMES && left.isNumber(1) -> right
                operator == Operator.PLUS && left.isNumber(0) -> right
                else -> Expression.Binary(operator, left, right)
            }
        }
        is Expression.Let -> copy(value = value.simplified(), body = body.simplified())
        else -> this
    }

private infix fun Expression.isNumber(n: Int) = (this as? Expression.Number)?.value == n.toDouble()

tailrec fun greatestCommonDivisor(a: Long, b: Long): Long = if (b == 0L) a else greatestCommonDivisor(b, a % b)

operator fun Expression.plus(other: Expression): Expression = Expression.Binary(Operator.PLUS, this, other)

fun describe(any: Any?): String =
    when (any) {
        null -> "nothing"
        is Expression.Number -> "a number"
        is String -> "text of ${any.length}".let { if (any.isEmpty()) "no text" else it }
        is List<*> -> any.joinToString(prefix = "[", postfix = "]") { describe(it) }
        in 1..9 -> "a digit"
        else -> any::class.java.simpleName
    }
