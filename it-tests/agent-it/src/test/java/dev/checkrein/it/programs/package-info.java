/** What the integration tests run in child JVMs. Programs print what happened, one line for each thing they did. */
package dev.checkrein.it.programs;
