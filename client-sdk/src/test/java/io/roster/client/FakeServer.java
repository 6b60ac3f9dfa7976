// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Diff;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.ListServicesResponse;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceSummary;
import io.roster.proto.v1.Snapshot;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The service end of the wire as a test wants it: obliging by default, and refusing, silent, wrong or gone when told so.
 * Its lists are what the test says, whatever is registered.
 */
final class FakeServer extends RegistryGrpc.RegistryImplBase {
    /** What the server has of one service. */
    private record Listed(long revision, List<Instance> instances) {}

    /** One client's stream. */
    final class Stream implements StreamObserver<ClientMessage> {
        final List<ClientMessage> received = new CopyOnWriteArrayList<>();
        private final StreamObserver<ServerMessage> out;
        boolean isHalfClosed;
        boolean isBroken;

        Stream(StreamObserver<ServerMessage> out) {
            this.out = out;
        }

        @Override
        public void onNext(ClientMessage message) {
            received.add(message);
            Reply.Builder reply = answers.apply(message);
            if (reply == null) {
                return;
            }
            if (message.hasHello()) {
                send(ServerMessage.newBuilder().setWelcome(welcome));
            }
            send(ServerMessage.newBuilder().setReply(reply.setRequestId(message.getRequestId())));
            if (message.hasSubscribe() && reply.getCode() == Reply.Code.OK) {
                subscribe(message.getSubscribe());
            }
        }

        @Override
        public void onError(Throwable failure) {
            isBroken = true;
        }

        @Override
        public void onCompleted() {
            isHalfClosed = true;
            if (saysGoodbye) {
                out.onCompleted();
            }
        }

        void send(ServerMessage.Builder message) {
            out.onNext(message.build());
        }

        void snapshot(String service, View view) {
            send(ServerMessage.newBuilder().setSnapshot(snapshotOf(service, view)));
        }

        void goAway(long delayMs) {
            send(ServerMessage.newBuilder()
                    .setGoAway(GoAway.newBuilder()
                            .setReason(GoAway.Reason.SHUTDOWN)
                            .setReconnectDelayMs(delayMs)));
        }

        void drop() {
            isBroken = true;
            out.onError(io.grpc.Status.UNAVAILABLE.withDescription("dropped").asRuntimeException());
        }

        /** Ends the stream, to be tried again later. */
        void refuse(long retryAfterMs) {
            isBroken = true;
            io.grpc.Metadata trailers = new io.grpc.Metadata();
            trailers.put(
                    io.grpc.Metadata.Key.of("grpc-retry-pushback-ms", io.grpc.Metadata.ASCII_STRING_MARSHALLER),
                    Long.toString(retryAfterMs));
            out.onError(io.grpc.Status.RESOURCE_EXHAUSTED.asRuntimeException(trailers));
        }

        /** The messages of this kind, such as "REGISTER". */
        List<ClientMessage> received(ClientMessage.BodyCase kind) {
            return received.stream()
                    .filter(message -> message.getBodyCase() == kind)
                    .toList();
        }

        private void subscribe(Subscribe subscribe) {
            String service = subscribe.getService().getName();
            boolean isCurrent = subscribe.hasHave()
                    && subscribe.getHave().getEpoch() == welcome.getEpoch()
                    && subscribe.getHave().getRevision() == listed(service).revision();
            if (!isCurrent) {
                boolean isOld = subscribe.hasHave() && subscribe.getHave().getEpoch() != welcome.getEpoch();
                send(ServerMessage.newBuilder()
                        .setSnapshot(snapshotOf(service, Wire.view(subscribe.getView())).toBuilder()
                                .setSettling(settles && isOld)));
            }
        }
    }

    final List<Stream> streams = new CopyOnWriteArrayList<>();
    Welcome welcome = Welcome.newBuilder()
            .setClientId("c1")
            .setServerId("s1")
            .setEpoch(1)
            .setHeartbeatIntervalMs(5_000)
            .build();
    /** Answers a message; null stays silent. */
    Function<ClientMessage, Reply.Builder> answers = message -> ok();
    /** Whether a client that leaves is answered. */
    boolean saysGoodbye = true;
    /** Whether a list that is told to who has an older one says that the server settles. */
    boolean settles;
    /** Added to every digest that is told. */
    long digestError;

    private final Map<String, Listed> lists = new TreeMap<>();

    static Reply.Builder ok() {
        return Reply.newBuilder().setCode(Reply.Code.OK);
    }

    static Reply.Builder refused(Reply.Code code, String field) {
        return Reply.newBuilder().setCode(code).setMessage("refused").setField(field);
    }

    Stream stream() {
        return streams.get(streams.size() - 1);
    }

    /** Sets the list of a service without telling anybody. */
    void list(String service, long revision, Instance... instances) {
        lists.put(service, new Listed(revision, List.of(instances)));
    }

    /** Moves the list of a service on by one revision and tells the newest stream. */
    void change(String service, List<Instance> upserted, List<Instance> removed) {
        Map<InstanceKey, Instance> after = new TreeMap<>();
        listed(service).instances().forEach(instance -> after.put(instance.key(), instance));
        removed.forEach(instance -> after.remove(instance.key()));
        upserted.forEach(instance -> after.put(instance.key(), instance));
        long from = listed(service).revision();
        lists.put(service, new Listed(from + 1, List.copyOf(after.values())));
        Diff.Builder diff = Diff.newBuilder()
                .setService(Wire.ref(ServiceName.of("public", ServiceName.DEFAULT_GROUP, service)))
                .setEpoch(welcome.getEpoch())
                .setFromRevision(from)
                .setToRevision(from + 1)
                .setDigest(digest(listed(service).instances()));
        upserted.forEach(instance -> diff.addUpserted(Wire.message(instance)));
        removed.forEach(instance -> diff.addRemoved(Wire.message(instance.key())));
        stream().send(ServerMessage.newBuilder().setDiff(diff));
    }

    Snapshot snapshotOf(String service, View view) {
        Snapshot.Builder snapshot = Snapshot.newBuilder()
                .setService(Wire.ref(ServiceName.of("public", ServiceName.DEFAULT_GROUP, service)))
                .setView(Wire.message(view))
                .setEpoch(welcome.getEpoch())
                .setRevision(listed(service).revision())
                .setDigest(digest(listed(service).instances()));
        listed(service).instances().forEach(instance -> snapshot.addInstances(Wire.message(instance)));
        return snapshot.build();
    }

    @Override
    public StreamObserver<ClientMessage> connect(StreamObserver<ServerMessage> out) {
        Stream stream = new Stream(out);
        streams.add(stream);
        return stream;
    }

    @Override
    public void listServices(ListServicesRequest request, StreamObserver<ListServicesResponse> out) {
        List<String> names = new ArrayList<>(lists.keySet());
        names.removeIf(name -> !name.startsWith(request.getNamePrefix()));
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        int to = Math.min(from + request.getPageSize(), names.size());
        ListServicesResponse.Builder page = ListServicesResponse.newBuilder();
        names.subList(from, to)
                .forEach(name -> page.addServices(
                        ServiceSummary.newBuilder().setService(Wire.ref(ServiceName.of("public", "g", name)))));
        out.onNext(page.setNextPageToken(to < names.size() ? String.valueOf(to) : "")
                .build());
        out.onCompleted();
    }

    private Listed listed(String service) {
        return lists.getOrDefault(service, new Listed(0, List.of()));
    }

    private long digest(List<Instance> instances) {
        return instances.stream().mapToLong(Digest::of).sum() + digestError;
    }
}
