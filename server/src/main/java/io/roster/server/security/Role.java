// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

/** What somebody may do. Each role includes those before it. */
public enum Role {
    /** Ask for lists and watch them. */
    READ,
    /** Publish instances, keep them alive, take them back. */
    WRITE,
    /** What a person on call does. */
    OPERATE;

    boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
