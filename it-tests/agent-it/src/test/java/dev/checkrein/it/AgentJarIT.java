package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that users name: nothing that could meet the application's own copy of a library. */
class AgentJarIT {
    /** Most of it is picocli and Jackson, for the command line: no class of theirs is loaded into an application's JVM. */
    private static final int LARGEST_BYTES = 1_900_000;

    @Test
    void everythingItCarriesIsRelocated() throws IOException {
        assertThat(entries())
                .filteredOn(name -> !name.endsWith("/"))
                .allMatch(name -> name.startsWith("dev/checkrein/") || name.startsWith("META-INF/"))
                .anyMatch(name -> name.startsWith("dev/checkrein/agent/shaded/asm/"))
                .noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void licensesComeWithIt() throws IOException {
        assertThat(entries()).contains("META-INF/LICENSE", "META-INF/NOTICE");
    }

    @Test
    void isSmall() {
        assertThat(Products.agentJar())
                .satisfies(jar -> assertThat(jar.toFile().length()).isLessThan(LARGEST_BYTES));
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(Products.agentJar().toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}
