// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;

/** Who serves a service, as consumers ask it. A list is encoded once, however many ask. Thread: any. */
final class ListCalls {

    private final HttpContext context;
    private final FormReader reader;

    ListCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
    }

    /** What the encoded answers are remembered by. */
    private record Key(Dialect dialect, boolean bare, Selection selection, long cacheMs) {}

    /**
     * Version 1; with {@code udpPort} the requester is told by UDP what follows. Such a requester keeps the list, and would
     * forget whoever is late after a restart of the server: until that has settled it is refused, and keeps what it has.
     */
    void list(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        Selection selection = Selection.of(parameters, "clusters", reader);
        int udpPort = parameters.number("udpPort", 0, 0, 65_535);
        if (udpPort > 0 && !context.settling().isSettled()) {
            throw RegistryException.of(
                            RegistryException.Code.UNAVAILABLE,
                            "the server has just started and may not have heard everybody yet; try again")
                    .retryAfter(context.settling().remainingMs());
        }
        ServiceSnapshot snapshot = answer(exchange, service, selection, false);
        if (udpPort > 0) {
            context.udp().subscribe(exchange, udpPort, service, selection, snapshot.revision());
        }
    }

    /** Version 2. */
    void listOfCluster(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        answer(exchange, service, Selection.of(exchange.parameters(), "clusterName", reader), false);
    }

    /** Version 3: the instances alone. */
    void listBare(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        answer(exchange, service, Selection.of(exchange.parameters(), "clusterName", reader), true);
    }

    private ServiceSnapshot answer(Exchange exchange, ServiceName service, Selection selection, boolean bare) {
        ServiceSnapshot snapshot = context.registry().snapshot(service);
        Key key =
                new Key(exchange.dialect(), bare, selection, context.switches().cacheMs());
        byte[] encoded =
                selection.isCommon() ? snapshot.memo().get(key, () -> encode(snapshot, key)) : encode(snapshot, key);
        exchange.encoded(200, encoded);
        return snapshot;
    }

    private byte[] encode(ServiceSnapshot snapshot, Key key) {
        Object list = key.bare()
                ? key.selection().from(snapshot, reader.limits()).hosts()
                : ServiceInfo.of(snapshot, key.selection(), key.cacheMs(), reader.limits());
        return Json.bytes(key.dialect() == Dialect.WRAPPED ? ErrorCode.Reply.success(list) : list);
    }
}
