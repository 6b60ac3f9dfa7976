// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.server.core.RegistryException;

/** The size of a page of a listing. */
final class Pages {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1_000;

    private Pages() {}

    static int size(int requested) {
        if (requested < 0 || requested > MAX_SIZE) {
            throw RegistryException.invalid("page_size", requested, "1 to " + MAX_SIZE + ", or 0 for " + DEFAULT_SIZE);
        }
        return requested == 0 ? DEFAULT_SIZE : requested;
    }
}
