// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.core.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateKeeperTest {

    @TempDir
    private Path folder;

    private final Life first = new Life();
    private final Life second = new Life();

    @Test
    void whatOneLifeHadTheNextOneHas() throws Exception {
        Path deep = folder.resolve("a/b");
        StateKeeper keeper = new StateKeeper(deep, first.registry);
        first.registers(first.stream("p/1"), "orders", Instance.of("10.0.0.1", 80));
        keeper.close();
        new StateKeeper(deep, second.registry).restore(second.clients, second.loop, Life.PROBATION_MS);
        assertThat(second.inWords()).isEqualTo(first.inWords()).isNotEmpty();
    }

    @Test
    void aFileThatCannotBeUsedIsSetAsideAndTheServerStartsEmpty() throws Exception {
        Files.writeString(folder.resolve(SnapshotFile.NAME), "nonsense, but longer than any header is");
        restore();
        assertThat(second.services()).isEmpty();
        assertThat(folder.toFile().list()).singleElement().asString().startsWith("registry.snapshot.bad-");
        restore();
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aFirstLifeStartsEmpty() throws Exception {
        restore();
        assertThat(second.services()).isEmpty();
    }

    @Test
    void whereThereCanBeNoFolderThereIsNoServer() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new StateKeeper(file.resolve("state"), first.registry))
                .isInstanceOf(IOException.class);
    }

    private void restore() throws IOException {
        StateKeeper keeper = new StateKeeper(folder, second.registry);
        keeper.restore(second.clients, second.loop, Life.PROBATION_MS);
    }
}
