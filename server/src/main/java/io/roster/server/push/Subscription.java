// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.client.Client;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;

/**
 * One stream's subscription as an operator sees it.
 *
 * @param client who hears
 * @param toldRevision the last revision told, 0 if none yet
 * @param isWaiting whether a newer list waits for the reader
 */
public record Subscription(Client client, ServiceName service, View view, long toldRevision, boolean isWaiting) {

    static Subscription of(Slot slot) {
        return new Subscription(
                slot.outbox().client(), slot.topic().service(), slot.view(), Math.max(0, slot.told()), slot.waiting);
    }
}
