package dev.checkrein.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.checkrein.it.harness.Products;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import org.junit.jupiter.api.Test;

/** The runtime's jar is a module that needs no other but the JDK's. */
class RuntimeJarIT {
    private final ModuleDescriptor module = ModuleFinder.of(Products.runtimeJar())
            .find("dev.checkrein")
            .orElseThrow()
            .descriptor();

    @Test
    void isANamedModule() {
        assertThat(module.isAutomatic()).isFalse();
    }

    @Test
    void showsTheApiAlone() {
        assertThat(module.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactly("dev.checkrein");
        assertThat(module.packages()).allMatch(name -> name.startsWith("dev.checkrein"));
    }

    @Test
    void needsJavaBaseAlone() {
        assertThat(module.requires())
                .filteredOn(each -> !each.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }
}
