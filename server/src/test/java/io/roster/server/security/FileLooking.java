// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

/** Has the watching of files look now, not when its time comes. */
public final class FileLooking {

    private FileLooking() {}

    public static void at(FileWatch watch) {
        watch.look();
    }
}
