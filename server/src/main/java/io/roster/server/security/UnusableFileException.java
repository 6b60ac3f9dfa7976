// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that security rests on and that cannot be used. The message is one line and holds nothing secret. */
public final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnusableFileException(String setting, Path file, String problem, String expected) {
        super(setting + ": " + file + " " + problem + " (expected: " + expected + ")");
    }

    /** A file that cannot even be read. */
    public static UnusableFileException unreadable(String setting, Path file, IOException failure, String expected) {
        String reason = failure instanceof NoSuchFileException
                ? "does not exist"
                : failure instanceof AccessDeniedException ? "may not be read" : "cannot be read: " + failure;
        return new UnusableFileException(setting, file, reason, expected);
    }
}
