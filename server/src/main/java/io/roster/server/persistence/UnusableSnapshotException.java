// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import java.io.Serial;

/** A snapshot file that is torn, foreign, or of another version: nothing of it is believed. */
final class UnusableSnapshotException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    UnusableSnapshotException(String what) {
        super(what);
    }
}
