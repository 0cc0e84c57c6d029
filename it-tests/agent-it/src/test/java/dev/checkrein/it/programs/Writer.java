package dev.checkrein.it.programs;

import java.util.function.LongSupplier;

/**
 * Something that writes.
 *
 * @param value tells what it has written last; must not take a lock
 */
record Writer(String name, LongSupplier value) {}
