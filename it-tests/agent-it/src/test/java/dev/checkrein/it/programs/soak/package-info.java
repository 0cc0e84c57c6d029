/** Very many cancels of code that must leave nothing behind, and what is looked at to see that it does not. */
package dev.checkrein.it.programs.soak;
