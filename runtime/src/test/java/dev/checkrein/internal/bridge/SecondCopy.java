package dev.checkrein.internal.bridge;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;

/** Another copy of the runtime, as a plugin would carry it: the same classes under a loader of their own. */
final class SecondCopy {
    private final ClassLoader loader;

    SecondCopy() {
        URL classes = Engines.class.getProtectionDomain().getCodeSource().getLocation();
        loader = new URLClassLoader("second-copy", new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    /** Makes the engine of this copy's API what it makes of the published one. */
    void borrow(BiFunction<String, Object[], Object> published) throws Exception {
        Method borrow =
                load("dev.checkrein.internal.bridge.EngineProtocol").getDeclaredMethod("borrow", BiFunction.class);
        borrow.setAccessible(true);
        Field current = load(Engines.class.getName()).getDeclaredField("current");
        current.setAccessible(true);
        current.set(null, invoke(borrow, null, published));
    }

    Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    Scope scope(String name) throws Exception {
        return new Scope(invoke(api().getMethod("named", String.class), null, name));
    }

    Object status() throws Exception {
        return invoke(load("dev.checkrein.Checkrein").getMethod("status"), null);
    }

    private Class<?> api() throws ClassNotFoundException {
        return load("dev.checkrein.CancellationScope");
    }

    private static Object invoke(Method method, Object target, Object... arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /** A {@code CancellationScope} of this copy. */
    final class Scope {
        private final Object scope;

        private Scope(Object scope) {
            this.scope = scope;
        }

        Scope withDeadline(Duration deadline) throws Exception {
            return new Scope(invoke(api().getMethod("withDeadline", Duration.class), scope, deadline));
        }

        Object call(Callable<?> body) throws Exception {
            return invoke(api().getMethod("call", Callable.class), scope, body);
        }

        void cancel(String why) throws Exception {
            invoke(api().getMethod("cancel", String.class), scope, why);
        }

        boolean isCancelled() throws Exception {
            Object token = invoke(api().getMethod("token"), scope);
            return (Boolean) invoke(token.getClass().getMethod("isCancelled"), token);
        }
    }
}
