// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/** What one route does with a request. Called on a thread of the port; must not block. */
@FunctionalInterface
interface Call {

    /**
     * Answers, now or later.
     *
     * @throws RuntimeException a {@link Refusal} or {@link io.roster.server.core.RegistryException} becomes the answer
     */
    void answer(Exchange exchange);
}
