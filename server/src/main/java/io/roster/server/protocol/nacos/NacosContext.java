// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.client.ClientManager;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanout;
import io.roster.server.security.AccessControl;
import io.roster.server.transport.Admission;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What the connections of this wire share.
 *
 * @param rounds the sessions of each push loop
 * @param requestIds makes an id that no other message of this server has
 * @param access who may do what
 * @param settling whether clients of the life before may still return
 */
record NacosContext(
        Registry registry,
        ClientManager clients,
        Map<Fanout, SessionRound> rounds,
        FuzzyPatterns patterns,
        NacosDecoder decoder,
        ServiceInfoEncoder lists,
        Supplier<String> requestIds,
        AccessControl access,
        Admission admission,
        Settling settling) {

    SessionRound round(Fanout fanout) {
        return Objects.requireNonNull(rounds.get(fanout), "a push loop without a round");
    }
}
