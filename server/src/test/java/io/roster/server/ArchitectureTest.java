// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of the server, over the compiled classes. */
class ArchitectureTest {

    private static final String ROOT = "io.roster.server";

    /** What even the innermost rooms may use. */
    private static final String[] PLAIN = {"java..", "org.slf4j..", "org.jspecify.."};

    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void arrowsPointDownOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("top")
                .definedBy(ROOT)
                .layer("protocol")
                .definedBy(ROOT + ".protocol..")
                .layer("persistence")
                .definedBy(ROOT + ".persistence..")
                .layer("push")
                .definedBy(ROOT + ".push..")
                .layer("health")
                .definedBy(ROOT + ".health..")
                .layer("core")
                .definedBy(ROOT + ".core..")
                .layer("client")
                .definedBy(ROOT + ".client..")
                .layer("loop")
                .definedBy(ROOT + ".loop..")
                .layer("transport")
                .definedBy(ROOT + ".transport..")
                .layer("security")
                .definedBy(ROOT + ".security..")
                .whereLayer("top")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers("top")
                .whereLayer("persistence")
                .mayOnlyBeAccessedByLayers("top")
                .whereLayer("push")
                .mayOnlyBeAccessedByLayers("top", "protocol", "transport")
                .whereLayer("health")
                .mayOnlyBeAccessedByLayers("top", "protocol")
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers("top", "protocol", "transport")
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers("top", "protocol", "transport", "security", "push", "health", "persistence")
                .check(SERVER);
    }

    @Test
    void theLoopUsesNothingButTheJdk() {
        uses("loop", "loop");
    }

    @Test
    void clientsKnowNothingButTheirClock() {
        uses("client", "client", "loop");
    }

    @Test
    void theCoreKnowsNoWire() {
        uses("core", "core", "client", "loop");
    }

    @Test
    void healthChecksKnowNoWire() {
        uses("health", "health", "core", "client", "loop");
    }

    @Test
    void pushingKnowsNoWire() {
        uses("push", "push", "core", "client", "loop");
    }

    @Test
    void securityKnowsNoWire() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".security..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "com.nimbusds.jose..",
                        "com.nimbusds.jwt..",
                        "at.favre.lib.crypto..",
                        ROOT + ".security..",
                        ROOT + ".core..")
                .check(SERVER);
    }

    @Test
    void persistenceKnowsNoWire() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".persistence")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.google.protobuf..",
                        "io.roster.proto.storage..",
                        ROOT + ".persistence",
                        ROOT + ".core",
                        ROOT + ".client",
                        ROOT + ".loop")
                .check(SERVER);
    }

    @Test
    void noProtocolKnowsAnother() {
        slices().matching(ROOT + ".protocol.(*)..")
                .should()
                .notDependOnEachOther()
                .check(SERVER);
    }

    @Test
    void nothingGoesRoundInCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void noRoomHasStaticStateButConstants() {
        fields().that()
                .areStatic()
                .and()
                .haveNameNotStartingWith("$")
                .should()
                .beFinal()
                .check(SERVER);
    }

    private static void uses(String room, String... rooms) {
        String[] allowed = new String[PLAIN.length + rooms.length];
        System.arraycopy(PLAIN, 0, allowed, 0, PLAIN.length);
        for (int i = 0; i < rooms.length; i++) {
            allowed[PLAIN.length + i] = ROOT + '.' + rooms[i] + "..";
        }
        classes()
                .that()
                .resideInAPackage(ROOT + '.' + room + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(SERVER);
    }
}
