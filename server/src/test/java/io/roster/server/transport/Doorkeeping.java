// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.roster.server.security.AccessControl;

/** Puts the doorkeeper of the gRPC port before services that are served elsewhere. */
public final class Doorkeeping {

    private Doorkeeping() {}

    public static ServerServiceDefinition before(GuardedService service, AccessControl access) {
        return access.isOn()
                ? ServerInterceptors.intercept(service.definition(), new Doorkeeper(access, service.door()))
                : service.definition();
    }
}
