// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Attributes;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.security.Principal;

/** Who makes a call. Thread: any. */
public final class Callers {

    static final Attributes.Key<Principal> PRINCIPAL = Attributes.Key.create("principal");

    private Callers() {}

    /** The caller of the call that has these attributes. */
    public static Caller of(AccessControl access, Attributes call) {
        return access.caller(call.get(PRINCIPAL), Peer.of(call).address());
    }
}
