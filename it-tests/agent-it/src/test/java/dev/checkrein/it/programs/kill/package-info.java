/** The kill matrix: work of every kind that does not end by itself, and a program that ends each again and again. */
package dev.checkrein.it.programs.kill;
