// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.server.client.ClientManager;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanouts;
import java.util.function.LongSupplier;

/**
 * What the streams and calls of this wire share.
 *
 * @param identity who this server is
 * @param maxGraceMs how long a client may be without a stream, at most
 * @param settlingMs for how long still the server may not have heard everybody
 */
record ServerContext(
        ServerIdentity identity,
        Registry registry,
        ClientManager clients,
        Fanouts fanouts,
        OpenStreams streams,
        NativeDecoder decoder,
        LongSupplier nowMs,
        long maxGraceMs,
        LongSupplier settlingMs) {}
