// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

/** Who the client says it is. Says nothing secret of itself. */
sealed interface Identity {

    /** Whoever its certificate says, or nobody. */
    record Unsaid() implements Identity {}

    /** A program with a token of its own. */
    record Token(String secret) implements Identity {
        @Override
        public String toString() {
            return "a token";
        }
    }

    /** A user with a password, for which the server gives a token that expires. */
    record Password(String user, String password) implements Identity {
        @Override
        public String toString() {
            return "user " + user;
        }
    }
}
