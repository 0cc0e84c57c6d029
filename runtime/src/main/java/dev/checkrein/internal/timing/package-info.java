/**
 * Threads of Checkrein's own, and what they do at its time: deadlines, leases, requests that wait. Goes on when the heap is full.
 */
package dev.checkrein.internal.timing;
