// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.Status;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.ListServicesResponse;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the registry what there is. Any thread. */
final class Lookups {
    /** The most that the wire allows. */
    private static final int MAX_PAGE = 1_000;

    /** Bounds the answer of a registry that never stops. */
    private static final int MAX_SERVICES = 1_000_000;

    private final Calls calls;
    private final long timeoutMs;
    private final String namespace;

    Lookups(Calls calls, long timeoutMs, String namespace) {
        this.calls = calls;
        this.timeoutMs = timeoutMs;
        this.namespace = namespace;
    }

    CompletableFuture<InstanceList> list(ServiceName service) {
        return calls.submit(new Querying(service));
    }

    CompletableFuture<ServicePage> page(String prefix, int size, String token) {
        return calls.submit(new Listing(prefix, size, token, size));
    }

    CompletableFuture<List<ServiceName>> all(String prefix) {
        return calls.submit(new Listing(prefix, MAX_PAGE, "", MAX_SERVICES)).thenApply(ServicePage::services);
    }

    private static final class Querying extends Call<InstanceList> {
        private final ServiceName service;

        Querying(ServiceName service) {
            super("getAllInstances " + service);
            this.service = service;
        }

        @Override
        void sendOn(Session session) {
            session.send(Wire.query(service), this::onReply);
        }

        @Override
        InstanceList accepted(Reply reply) {
            Snapshot snapshot = reply.getSnapshot();
            return new InstanceList(
                    snapshot.getInstancesList().stream().map(Wire::instance).toList(),
                    InstanceList.Age.CURRENT,
                    Wire.flags(snapshot));
        }
    }

    /** Goes on from page to page until it has enough; from the first one again on another session. */
    private final class Listing extends Call<ServicePage> {
        private final String prefix;
        private final int pageSize;
        private final String firstToken;
        private final int enough;

        Listing(String prefix, int pageSize, String firstToken, int enough) {
            super("getServices \"" + prefix + "\"");
            this.prefix = prefix;
            this.pageSize = pageSize;
            this.firstToken = firstToken;
            this.enough = enough;
        }

        @Override
        void sendOn(Session session) {
            request(session, firstToken, new ArrayList<>());
        }

        @Override
        ServicePage accepted(Reply reply) {
            throw new AssertionError("not asked on the stream");
        }

        private void request(Session session, String token, List<ServiceName> found) {
            ListServicesRequest request = ListServicesRequest.newBuilder()
                    .setNamespace(namespace)
                    .setNamePrefix(prefix)
                    .setPageSize(pageSize)
                    .setPageToken(token)
                    .build();
            session.listServices(request, timeoutMs, page -> onPage(session, page, found), this::onFailure);
        }

        private void onPage(Session session, ListServicesResponse page, List<ServiceName> found) {
            page.getServicesList().forEach(service -> found.add(Wire.service(service.getService(), namespace)));
            String next = page.getNextPageToken();
            if (next.isEmpty() || found.size() >= enough) {
                answer().complete(new ServicePage(found, next.isEmpty() ? null : next));
            } else if (!answer().isDone()) {
                request(session, next, found);
            }
        }

        private void onFailure(Status status) {
            switch (status.getCode()) {
                case UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED -> {
                    // The session is ending, and the next one asks again; or the call's own time runs out now.
                }
                default ->
                    fail(new RosterException(
                            Wire.code(status.getCode().name()), what() + ": " + status.getDescription()));
            }
        }
    }
}
