// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.storage.v1.Record;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.fixture.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Snapshot files that nobody has written: any bytes, and bytes that have the right checksum over the wrong records. */
class SnapshotFuzzTest {

    private static final byte[] GOOD = good();
    private static final int MOST_CLAIMS = 10_000;
    private static Path folder = Path.of("");

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("roster-snapshots-");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static byte[] good() {
        Life life = new Life();
        var stream = life.stream("s1");
        life.registers(stream, "orders", Instance.of("10.0.0.1", 80));
        life.registers(stream, "bills", Instance.of("10.0.0.1", 81).withMetadata(Map.of("zone", "a")));
        life.registers("orders", Instance.of("10.0.0.2", 80));
        life.registry.configure(Life.service("orders"), 0.5, true, Life::done);
        life.registry.override(
                Life.service("orders"),
                new InstanceKey("10.0.0.1", 80, "DEFAULT"),
                new InstanceOverride(false, 2.0, Map.of("a", "b")),
                Life::done);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        life.records().forEachRemaining(record -> write(record, records));
        return records.toByteArray();
    }

    private static void write(Record record, ByteArrayOutputStream to) {
        try {
            record.writeDelimitedTo(to);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A file that says of itself that it is whole. */
    private static byte[] believable(byte[] records) {
        byte[] head = ByteBuffer.allocate(20)
                .put(new byte[] {'R', 'O', 'S', 'T', 'E', 'R', '\r', '\n'})
                .putInt(1)
                .putLong(records.length)
                .array();
        CRC32C crc = new CRC32C();
        crc.update(records);
        crc.update(head);
        return ByteBuffer.allocate(24 + records.length)
                .put(head)
                .putInt((int) crc.getValue())
                .put(records)
                .array();
    }

    @Provide
    Arbitrary<byte[]> records() {
        return Mutations.of(List.of(GOOD));
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Mutations.of(List.of(believable(GOOD)));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Mutations.bytes(200);
    }

    @Property(tries = 400)
    void recordsThatNobodyHasWrittenAreTakenOrRefused(@ForAll("records") byte[] records) throws IOException {
        startsWith(believable(records));
    }

    @Property(tries = 100)
    void bytesThatAreNoRecordsAreRefused(@ForAll("bytes") byte[] records) throws IOException {
        startsWith(believable(records));
    }

    @Property(tries = 200)
    void filesThatNobodyHasWrittenAreTakenOrRefused(@ForAll("files") byte[] file) throws IOException {
        startsWith(file);
    }

    /** The server starts, does its work, and in time nobody is left of those who do not return. */
    private static void startsWith(byte[] file) throws IOException {
        Files.write(folder.resolve(SnapshotFile.NAME), file);
        Life life = new Life();
        new StateKeeper(folder, life.registry).restore(life.clients, life.loop, Life.PROBATION_MS);
        assertThat(life.registry.claimCount()).isLessThan(MOST_CLAIMS);
        life.registers(life.stream("new"), "work", Instance.of("10.0.0.9", 80));
        assertThat(life.list("work")).containsExactly("10.0.0.9");
        life.loop.advance(Life.PROBATION_MS + 120_000);
        assertThat(life.registry.claimCount())
                .as("claims of those who did not return")
                .isEqualTo(1);
        assertThat(new Life().next().services()).isEmpty();
    }
}
