// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.proto.storage.v1.Record;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code registry.snapshot}: there whole or not at all. It is written beside the last one, forced to the disk and
 * put in its place in one step; snapshot.proto says how it is laid out. One thread at a time.
 */
final class SnapshotFile {

    static final String NAME = "registry.snapshot";

    /** As with PNG: a transfer that translates line ends breaks it. */
    private static final byte[] MAGIC = "ROSTER\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int VERSION = 1;
    private static final int CRC_AT = 20;
    private static final int HEADER = 24;
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final Path next;

    SnapshotFile(Path folder) {
        this.path = folder.resolve(NAME);
        this.next = folder.resolve(NAME + ".tmp");
    }

    Path path() {
        return path;
    }

    /** Puts these records in the place of the last ones. */
    void write(Iterator<Record> records) throws IOException {
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.position(HEADER);
            CRC32C crc = new CRC32C();
            OutputStream body =
                    new BufferedOutputStream(new CheckedOutputStream(Channels.newOutputStream(channel), crc), BUFFER);
            while (records.hasNext()) {
                records.next().writeDelimitedTo(body);
            }
            body.flush();
            ByteBuffer header = header(channel.position() - HEADER, crc);
            while (header.hasRemaining()) {
                channel.write(header, header.position());
            }
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static ByteBuffer header(long length, CRC32C crcOfBody) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.put(MAGIC).putInt(VERSION).putLong(length);
        crcOfBody.update(header.array(), 0, CRC_AT);
        return header.putInt((int) crcOfBody.getValue()).flip();
    }

    /**
     * Reads all records of a file that has been checked.
     *
     * @throws UnusableSnapshotException if one of them is none; those before it have been given
     */
    void read(Consumer<Record> reader) throws IOException, UnusableSnapshotException {
        try (InputStream input = open()) {
            input.skipNBytes(HEADER);
            for (Record record = parse(input); record != null; record = parse(input)) {
                reader.accept(record);
            }
        }
    }

    /**
     * Makes certain that the file is as it was written.
     *
     * @throws NoSuchFileException if there is none
     * @throws UnusableSnapshotException if it cannot be believed
     */
    void check() throws IOException, UnusableSnapshotException {
        try (InputStream input = open()) {
            byte[] head = input.readNBytes(HEADER);
            if (head.length < HEADER) {
                throw new UnusableSnapshotException(head.length + " bytes (expected: at least " + HEADER + ")");
            }
            ByteBuffer header = ByteBuffer.wrap(head);
            byte[] magic = new byte[MAGIC.length];
            header.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new UnusableSnapshotException("not a snapshot of this program");
            }
            int version = header.getInt();
            if (version != VERSION) {
                throw new UnusableSnapshotException("version " + version + " (expected: " + VERSION + ")");
            }
            long length = header.getLong();
            CRC32C crc = new CRC32C();
            long read = 0;
            byte[] buffer = new byte[BUFFER];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                crc.update(buffer, 0, count);
                read += count;
            }
            if (read != length) {
                throw new UnusableSnapshotException(read + " bytes after its header (expected: " + length + ")");
            }
            crc.update(head, 0, CRC_AT);
            if ((int) crc.getValue() != header.getInt()) {
                throw new UnusableSnapshotException("its checksum is wrong");
            }
        }
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(path), BUFFER);
    }

    private static @Nullable Record parse(InputStream input) throws IOException, UnusableSnapshotException {
        try {
            return Record.parseDelimitedFrom(input);
        } catch (InvalidProtocolBufferException broken) {
            throw new UnusableSnapshotException("a record that cannot be read: " + broken.getMessage());
        }
    }

    /** Gives an unusable file another name, so that a person can look at it. */
    Path setAside(long nowMs) throws IOException {
        Path aside = path.resolveSibling(NAME + ".bad-" + nowMs);
        return Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    }
}
