/** All that a host and its plugins have in common. The only package of the host that plugins can see. */
package dev.checkrein.samples.pluginhost.api;
