// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Access control by a users file that the test changes: it has been read again when the change returns. */
public final class TestAccess implements AutoCloseable {

    private final Path file;
    private final FileWatch watch = new FileWatch();
    private final AccessControl control;

    public TestAccess(Path folder, UsersText users) throws IOException {
        file = users.in(folder.resolve("users.json"));
        control = AccessControl.of(file, folder.resolve("data"), 60_000, watch, () -> 0);
    }

    public AccessControl control() {
        return control;
    }

    public void becomes(UsersText users) throws IOException {
        becomes(users.toString());
    }

    /** Whatever the file says now, be it of use or not. */
    public void becomes(String text) throws IOException {
        Path next = Files.writeString(file.resolveSibling("users.next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        watch.look();
    }

    @Override
    public void close() {
        control.close();
        watch.close();
    }
}
