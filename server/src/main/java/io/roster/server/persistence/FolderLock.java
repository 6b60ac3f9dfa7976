// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a folder's state is this server's alone: two that wrote one file would each begin with what the other had. The
 * system takes it back from a process that has died. Thread: any.
 */
public final class FolderLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FolderLock.class);

    private static final String NAME = "registry.lock";

    private final FileChannel held;

    private FolderLock(FileChannel held) {
        this.held = held;
    }

    /**
     * Takes a folder, which is made if need be.
     *
     * @throws IOException if there can be no such folder, or another server has it
     */
    public static FolderLock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // The same answer as if it were another process.
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw new IOException(
                "data-dir: " + folder + " is in use by another server with a warm start (expected: one of its own)");
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException failure) {
            log.warn("the lock of a data directory is not released before this process ends", failure);
        }
    }
}
