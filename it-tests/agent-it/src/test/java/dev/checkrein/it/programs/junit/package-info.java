/** Test classes that are run in child JVMs, some of whose tests never end by themselves, and the program that runs them. */
package dev.checkrein.it.programs.junit;
