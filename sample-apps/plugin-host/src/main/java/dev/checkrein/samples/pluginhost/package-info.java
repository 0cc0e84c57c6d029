/**
 * A host that keeps serving while its plugins run away. The lesson: with a
 * {@link dev.checkrein.CancellationScope} around each call, and the agent, a plugin gets as much time as the host gives
 * it, whatever it does with it.
 *
 * <p>{@link dev.checkrein.samples.pluginhost.Main} finds the plugins, each a directory of jars, as
 * {@link dev.checkrein.samples.pluginhost.InstalledPlugin}s. Each is loaded by a
 * {@link dev.checkrein.samples.pluginhost.PluginClassLoader} of its own, which shares nothing with the host but the
 * {@linkplain dev.checkrein.samples.pluginhost.api.Plugin interface} between them. The
 * {@link dev.checkrein.samples.pluginhost.Host} is where a request meets its deadline: read that first. What came of a
 * request is an {@link dev.checkrein.samples.pluginhost.Outcome}.
 *
 * <p>The rest is show. {@link dev.checkrein.samples.pluginhost.Demonstration} has the host call one misbehaving plugin
 * after the other while a {@link dev.checkrein.samples.pluginhost.GreetingClient} keeps asking a good one;
 * {@link dev.checkrein.samples.pluginhost.Report} tells what happened.
 */
package dev.checkrein.samples.pluginhost;
