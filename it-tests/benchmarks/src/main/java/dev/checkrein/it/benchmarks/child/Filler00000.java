package dev.checkrein.it.benchmarks.child;

/** Copied under other names by {@link FillerClasses}: a class like many, with a table of methods and a pool of constants. */
class Filler00000 implements Comparable<Object> {
    private final int value;

    Filler00000(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }

    @Override
    public int compareTo(Object other) {
        return Integer.compare(value, other.hashCode());
    }

    @Override
    public String toString() {
        return "filler " + value;
    }
}
