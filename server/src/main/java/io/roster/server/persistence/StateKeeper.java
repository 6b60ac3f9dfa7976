// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import io.roster.server.client.ClientManager;
import io.roster.server.core.Registry;
import io.roster.server.core.ServiceRecord;
import io.roster.server.loop.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of the registry in a file, for the next life of the server: every few seconds if anything has changed, and
 * at an orderly stop. What is written is gathered on the loops in slices and encoded on a thread of its own. A disk that
 * fails costs the warm start and nothing else.
 *
 * <p>Thread: any, but {@link #restore} before {@link #start}.
 */
public final class StateKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StateKeeper.class);

    private static final long PERIOD_MS = 3_000;

    /** Loops that are busy for longer than this are asked again in the next period. */
    private static final long GATHER_MS = 30_000;

    private static final long LAST_WRITE_MS = 10_000;

    private final SnapshotFile file;
    private final Registry registry;
    private final ScheduledExecutorService thread;

    /** What the file has. Confined to the thread, once it runs. */
    private long writtenChanges = -1;

    private boolean failing;

    /**
     * @param folder where the file is
     * @throws IOException if there can be no such folder
     */
    public StateKeeper(Path folder, Registry registry) throws IOException {
        Files.createDirectories(folder);
        this.file = new SnapshotFile(folder);
        this.registry = registry;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "roster-state");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Brings back what the file has; one that cannot be believed is set aside, and the server starts empty.
     *
     * @param loop where the time of those on probation is taken
     * @param probationMs how long clients that were on a stream have to return
     */
    public void restore(ClientManager clients, EventLoop loop, long probationMs) {
        WarmStart start = new WarmStart(registry, clients, loop, probationMs);
        try {
            file.check();
        } catch (NoSuchFileException none) {
            log.info("warm start: {} is not there yet", file.path());
            return;
        } catch (IOException | UnusableSnapshotException unusable) {
            setAside(unusable, "empty");
            return;
        }
        try {
            file.read(start::take);
        } catch (IOException | UnusableSnapshotException unusable) {
            setAside(unusable, "with what could be read");
        } finally {
            start.finish();
        }
    }

    private void setAside(Exception unusable, String with) {
        try {
            log.warn(
                    "warm start: {} cannot be used ({}); it is now {}, and the server starts {}",
                    file.path(),
                    unusable.getMessage(),
                    file.setAside(System.currentTimeMillis()),
                    with);
        } catch (IOException failure) {
            log.warn(
                    "warm start: {} cannot be used ({}) nor set aside ({}); the server starts {}",
                    file.path(),
                    unusable.getMessage(),
                    failure.toString(),
                    with);
        }
    }

    /** Begins to write. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::writeIfChanged, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void writeIfChanged() {
        long changes = registry.changes();
        if (changes == writtenChanges) {
            return;
        }
        try {
            List<ServiceRecord> records = registry.records().get(GATHER_MS, TimeUnit.MILLISECONDS);
            file.write(RecordWriter.records(records));
            writtenChanges = changes;
            failing = false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException failure) {
            // Said once: a full disk would fill the log as well.
            if (!failing) {
                log.warn("the state cannot be written to {}; trying again", file.path(), failure);
            }
            failing = true;
        }
    }

    /** Writes a last time, while the loops still run. */
    @Override
    public void close() {
        try {
            thread.submit(this::writeIfChanged).get(LAST_WRITE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            log.warn("the state could not be written a last time", failure);
        } finally {
            thread.shutdownNow();
        }
    }
}
