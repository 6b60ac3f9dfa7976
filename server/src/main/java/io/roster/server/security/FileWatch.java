// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files again when they change, on a thread of its own. It looks instead of being told: a mounted secret changes by
 * turning a link, of which a watch on the file hears nothing. Thread: any.
 */
public final class FileWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "roster-files");
        daemon.setDaemon(true);
        return daemon;
    });

    /** Reads files, and puts what they say in the place of what they said before. */
    @FunctionalInterface
    public interface Reading {
        /**
         * Reads them.
         *
         * @throws IOException if they cannot be used; what was read before stays in use
         */
        void read() throws IOException;
    }

    /**
     * Reads files again whenever one of them has changed.
     *
     * @param before how they looked before they were read for the first time
     */
    public void watch(Looks before, Reading reading) {
        watched.add(new Watched(before, reading));
    }

    /** Begins to look, this often. */
    public void start(long periodMs) {
        var unused = thread.scheduleWithFixedDelay(this::look, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look() {
        watched.forEach(Watched::look);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /**
     * How some files look from outside: equal if none has changed. Immutable.
     *
     * @param looks of each file
     */
    public record Looks(List<Path> files, List<String> looks) {

        /** How they look now. */
        public static Looks of(List<Path> files) {
            List<String> looks = new ArrayList<>();
            for (Path file : files) {
                try {
                    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                    looks.add(now.lastModifiedTime() + "/" + now.size() + '/' + now.fileKey());
                } catch (IOException gone) {
                    looks.add("gone");
                }
            }
            return new Looks(List.copyOf(files), List.copyOf(looks));
        }
    }

    /** Some files and how they looked when they were read last. Changed by the watching thread only. */
    private static final class Watched {

        private final Reading reading;
        private Looks seen;

        Watched(Looks seen, Reading reading) {
            this.reading = reading;
            this.seen = seen;
        }

        void look() {
            Looks now = Looks.of(seen.files());
            if (now.equals(seen)) {
                return;
            }
            // Before it is read: what changes meanwhile is noticed the next time.
            seen = now;
            try {
                reading.read();
                log.info("{} changed, and what it says is in force", now.files());
            } catch (IOException unusable) {
                log.error("NOT RELOADED, what was read before stays in force: {}", unusable.getMessage());
            } catch (RuntimeException failure) {
                log.error("NOT RELOADED, what was read before stays in force: {}", now.files(), failure);
            }
        }
    }
}
