// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.RosterServer;
import io.roster.server.Setting;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    private final Path folder;

    FolderLockTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private RosterServer start() throws IOException {
        return RosterServer.builder()
                .port(0)
                .set(Setting.SHUTDOWN_GRACE, 0)
                .set(Setting.DATA_DIR, folder)
                .set(Setting.WARM_START, true)
                .start();
    }

    @Test
    void twoServersDoNotShareOneState() throws IOException {
        try (RosterServer first = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another server");
            assertThatThrownBy(this::start).hasMessageContaining(folder.toString());
            assertThat(first.port()).isPositive();
        }
        assertThatCode(() -> start().close()).doesNotThrowAnyException();
    }

    @Test
    void aServerThatCannotStartLeavesTheFolder() throws IOException {
        try (RosterServer other =
                RosterServer.builder().port(0).set(Setting.SHUTDOWN_GRACE, 0).start()) {
            assertThatThrownBy(() -> RosterServer.builder()
                            .set(Setting.PORT, other.port())
                            .set(Setting.DATA_DIR, folder)
                            .set(Setting.WARM_START, true)
                            .start())
                    .isInstanceOf(IOException.class);
        }
        assertThatCode(() -> start().close()).doesNotThrowAnyException();
    }
}
