package dev.checkrein.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.checkrein.it.harness.Products;
import java.io.IOException;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms point one way. */
class RoomsIT {
    private static JavaClasses all;

    @BeforeAll
    static void readTheJars() throws IOException {
        // The agent's jar has the runtime in it: all classes at once, as they ship.
        try (JarFile agent = new JarFile(Products.agentJar().toFile())) {
            all = new ClassFileImporter().importJar(agent);
        }
    }

    @Test
    void runtimeKnowsNothingOfTheAgent() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.checkrein", "dev.checkrein.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.checkrein.agent..")
                .check(all);
    }

    @Test
    void runtimeDependsOnTheJdkAndWhatItCarriesAlone() {
        classes()
                .that()
                .resideInAnyPackage("dev.checkrein", "dev.checkrein.internal..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "com.sun.management..", "jdk.jfr..", "dev.checkrein", "dev.checkrein.internal..")
                .check(all);
    }

    /** Which JUnit, and which copy of the API, is for those who write the tests to say. */
    @Test
    void theJUnitExtensionDependsOnJUnitAndTheApiAlone() throws IOException {
        try (JarFile extension = new JarFile(
                Products.built("runtime/junit5/target/checkrein-junit5.jar").toFile())) {
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "dev.checkrein",
                            "dev.checkrein.junit5",
                            "org.junit.jupiter.api..",
                            "org.junit.platform.commons.support")
                    .check(new ClassFileImporter().importJar(extension));
        }
    }

    @Test
    void rewritingKnowsNothingOfTheJvmItRunsIn() {
        noClasses()
                .that()
                .resideInAPackage("dev.checkrein.agent.rewrite..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang.instrument..", "dev.checkrein.agent.start..", "dev.checkrein.agent.filter..")
                .check(all);
    }

    @Test
    void whatTheApplicationsLoaderSeesOfTheAgentDependsOnNothing() {
        classes()
                .that()
                .resideInAPackage("dev.checkrein.agent")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.checkrein.agent")
                .check(all);
    }

    @Test
    void theAgentLogsNothing() {
        noClasses()
                .that()
                .resideInAPackage("dev.checkrein.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.lang.management..", "javax.management..")
                .check(all);
    }
}
