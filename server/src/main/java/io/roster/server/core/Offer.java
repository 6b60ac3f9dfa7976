// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.client.Client;
import org.jspecify.annotations.Nullable;

/**
 * An instance that a client wants to publish.
 *
 * @param publisher who will own the claim
 * @param instance what it says
 * @param lease what keeps the claim alive, or null if the publisher's stream itself does
 */
public record Offer(
        Client publisher, Instance instance, @Nullable Lease lease) {}
