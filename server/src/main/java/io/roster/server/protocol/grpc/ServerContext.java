// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.Have;
import io.roster.server.client.ClientManager;
import io.roster.server.client.Settling;
import io.roster.server.core.Registry;
import io.roster.server.push.Fanouts;
import io.roster.server.push.Outbox;
import io.roster.server.security.AccessControl;
import io.roster.server.transport.Intake;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the streams and calls of this wire share.
 *
 * @param identity who this server is
 * @param ports what each port takes in
 * @param access who may do what
 * @param maxGraceMs how long a client may be without a stream, at most
 * @param settling whether clients of the life before may still return
 */
record ServerContext(
        ServerIdentity identity,
        Registry registry,
        ClientManager clients,
        Fanouts fanouts,
        OpenStreams streams,
        List<Intake> ports,
        NativeDecoder decoder,
        AccessControl access,
        LongSupplier nowMs,
        long maxGraceMs,
        Settling settling) {

    /** What a reader has of a list, in the terms of its outbox. */
    long have(boolean present, Have have) {
        if (!present) {
            return Outbox.HAVE_NOTHING;
        }
        if (have.getEpoch() == registry.epoch()) {
            return have.getRevision() >= 0 ? have.getRevision() : Outbox.HAVE_NOTHING;
        }
        return settling.isSettled() ? Outbox.HAVE_NOTHING : Outbox.HAVE_FROM_BEFORE;
    }
}
