/** Classes for tests to rewrite: those of the agent's own packages never are. */
package com.acme;
