package dev.checkrein.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.Checkrein;
import dev.checkrein.internal.cancel.CancelEngine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** The way in that the JVM takes, with the classes put together in one folder as they are in the jar. */
class PremainInstallTest {
    @TempDir
    private static Path together;

    @Test
    void startsTheAgentInALoaderOfItsOwn() throws Exception {
        for (Class<?> part : List.of(CheckreinAgent.class, CancelEngine.class, ClassReader.class, ClassNode.class)) {
            copy(part.getProtectionDomain().getCodeSource().getLocation().toURI());
        }
        try (URLClassLoader asTheApplications =
                new URLClassLoader(new URL[] {together.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> agent = asTheApplications.loadClass(CheckreinAgent.class.getName());
            agent.getMethod("premain", String.class, Instrumentation.class)
                    .invoke(null, "include=subjects.**", ByteBuddyAgent.install());
        }
        assertThat(Checkrein.isInstalled()).as("seen by this copy of the API").isTrue();
        assertThat(Object.class.getModule().isOpen("java.lang", getClass().getModule()))
                .as("java.lang is open to the application")
                .isFalse();
    }

    private static void copy(URI from) throws IOException {
        if (Files.isDirectory(Path.of(from))) {
            copyTree(Path.of(from));
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + from), Map.of())) {
            copyTree(jar.getPath("/"));
        }
    }

    private static void copyTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = together.resolve(root.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (!Files.exists(target)) {
                    try (InputStream in = Files.newInputStream(file)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
    }
}
