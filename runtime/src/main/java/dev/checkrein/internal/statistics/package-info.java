/**
 * What pauses took: figures by reason, and who was the last to arrive. Knows nothing of how a pause comes about; takes locks of
 * its own only, which nobody holds who could stand still. Handed out as types of the JDK, as what crosses class loaders must be.
 */
package dev.checkrein.internal.statistics;
