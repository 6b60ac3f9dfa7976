// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.proto.storage.v1.Record;
import io.roster.server.core.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is what was written, or nothing. */
class SnapshotFileTest {

    @TempDir
    private Path folder;

    private SnapshotFile file;
    private List<Record> written;

    @BeforeEach
    void write() throws IOException {
        Life life = new Life();
        life.registers(life.stream("p/1"), "orders", Instance.of("10.0.0.1", 80));
        life.registers("orders", Instance.of("10.0.0.2", 80));
        written = new ArrayList<>();
        life.records().forEachRemaining(written::add);
        file = new SnapshotFile(folder);
        file.write(written.iterator());
    }

    @Test
    void whatWasWrittenIsRead() throws Exception {
        assertThat(read()).isEqualTo(written).hasSize(3);
        assertThat(folder.toFile().list()).containsExactly(SnapshotFile.NAME);
    }

    @Test
    void whereNothingWasWrittenThereIsNothing() throws Exception {
        Files.delete(file.path());
        assertThatThrownBy(file::check).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aNewerStateTakesThePlaceOfTheOlder() throws Exception {
        file.write(written.subList(0, 1).iterator());
        assertThat(read()).hasSize(1);
    }

    @Test
    void aWriteThatBreaksOffLeavesTheLastState() throws Exception {
        Iterator<Record> breaking = List.of(written.get(0), Record.getDefaultInstance()).stream()
                .map(record -> {
                    if (record.getKindCase() == Record.KindCase.KIND_NOT_SET) {
                        throw new IllegalStateException("the power is gone");
                    }
                    return record;
                })
                .iterator();
        assertThatThrownBy(() -> file.write(breaking)).hasMessage("the power is gone");
        assertThat(read()).isEqualTo(written);
        file.write(written.iterator());
        assertThat(read()).isEqualTo(written);
    }

    @Test
    void anyByteThatIsNotWhatItWasIsFound() throws Exception {
        byte[] good = Files.readAllBytes(file.path());
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << bit);
                refused(bad, "");
            }
        }
    }

    @Test
    void aFileThatIsTornAnywhereIsFound() throws Exception {
        byte[] good = Files.readAllBytes(file.path());
        for (int length = 0; length < good.length; length++) {
            refused(Arrays.copyOf(good, length), length < 24 ? "at least 24" : "bytes after its header");
        }
        refused(Arrays.copyOf(good, good.length + 1), "bytes after its header");
    }

    @Test
    void aForeignFileIsFound() throws Exception {
        refused(
                "#!/bin/sh\necho this is not a registry at all\n".getBytes(StandardCharsets.US_ASCII),
                "not a snapshot");
    }

    @Test
    void aNewerVersionIsNotGuessedAt() throws Exception {
        byte[] newer = Files.readAllBytes(file.path());
        newer[11] = 2;
        CRC32C crc = new CRC32C();
        crc.update(newer, 24, newer.length - 24);
        crc.update(newer, 0, 20);
        for (int i = 0; i < 4; i++) {
            newer[20 + i] = (byte) (crc.getValue() >>> (24 - 8 * i));
        }
        refused(newer, "version 2 (expected: 1)");
    }

    @Test
    void whatCannotBeUsedIsKeptForAPerson() throws Exception {
        Files.writeString(file.path(), "nonsense");
        Path aside = file.setAside(7);
        assertThat(aside.getFileName()).hasToString("registry.snapshot.bad-7");
        assertThat(aside).hasContent("nonsense");
        assertThat(file.path()).doesNotExist();
    }

    private List<Record> read() throws Exception {
        List<Record> read = new ArrayList<>();
        file.check();
        file.read(read::add);
        return read;
    }

    private void refused(byte[] content, String problem) throws IOException {
        Files.write(file.path(), content);
        assertThatThrownBy(this::read)
                .isInstanceOf(UnusableSnapshotException.class)
                .hasMessageContaining(problem);
    }
}
