// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.client.ClientManager;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanouts;
import io.roster.server.security.AccessControl;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the calls of this wire share.
 *
 * @param access who may do what
 * @param settling whether clients of the life before may still return
 * @param nowMs the server's monotonic clock
 * @param ready whether the server serves and is not stopping
 */
record HttpContext(
        Registry registry,
        ClientManager clients,
        Fanouts fanouts,
        FormReader reader,
        AccessControl access,
        Switches switches,
        Settling settling,
        UdpPush udp,
        LongSupplier nowMs,
        BooleanSupplier ready,
        String version) {}
