// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.WatchRequest;
import io.roster.server.client.Settling;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.Limits;
import io.roster.server.core.LossLimits;
import io.roster.server.fixture.Bearer;
import io.roster.server.fixture.House;
import io.roster.server.security.AccessControl;
import io.roster.server.security.ApiToken;
import io.roster.server.transport.Admission;
import io.roster.server.transport.ConnectRate;
import io.roster.server.transport.Doorkeeping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The native wire before a server whose loops are turned by hand: a call returns when all that follows from it has happened.
 * No other thread is involved.
 */
final class Wire implements AutoCloseable {

    static final int MAX_MESSAGE_BYTES = 100_000;
    static final long MAX_GRACE_MS = 60_000;
    static final int MAX_STREAMS = 10;

    /** 1,000 subscriptions and 5 instances a client, 1,000 characters of metadata. */
    static final Limits LIMITS =
            new Limits(64, 128, 512, 64, 1_000, 5, 1_000, 5_000, 100, 10, LossLimits.DEFAULT, BeatLimits.DEFAULT);

    private final House house;
    private final Settling settling;
    private final NativeServices services;
    private final Server server;
    private final ManagedChannel channel;

    Wire() {
        this(1);
    }

    /** Streams take turns on the loops. */
    Wire(int loops) {
        this(loops, 0, AccessControl.off());
    }

    /** A server that has just started, and waits so long for clients of its life before. */
    static Wire settling(long mostMs) {
        return new Wire(2, mostMs, AccessControl.off());
    }

    /** A server that asks who its callers are. */
    static Wire secured(AccessControl access) {
        return new Wire(2, 0, access);
    }

    private Wire(int loops, long settlingMs, AccessControl access) {
        house = new House(loops, LIMITS);
        String name = InProcessServerBuilder.generateName();
        settling = Settling.begin(house.loops().get(0), settlingMs, house.clients()::arrivals);
        settling.whenSettled(house.fanouts()::settle);
        services = new NativeServices(
                new ServerIdentity("server-1", "1.2.3"),
                house.registry(),
                house.clients(),
                house.fanouts(),
                house.loops()::nowMs,
                MAX_GRACE_MS,
                settling,
                MAX_MESSAGE_BYTES,
                access,
                new Admission(MAX_STREAMS, 1_000, new ConnectRate(1_000_000, System::nanoTime)),
                List.of(),
                Map.of("port", "1"),
                (logger, level) -> "INFO");
        InProcessServerBuilder builder =
                InProcessServerBuilder.forName(name).directExecutor().maxInboundMessageSize(64 << 20);
        services.definitions().forEach(service -> builder.addService(Doorkeeping.before(service, access)));
        try {
            server = builder.build().start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        channel = InProcessChannelBuilder.forName(name)
                .directExecutor()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    House house() {
        return house;
    }

    /** A stream that has not said Hello. */
    TestStream connects() {
        TestStream stream =
                new TestStream(house, channel.newCall(RegistryGrpc.getConnectMethod(), CallOptions.DEFAULT));
        house.settle();
        return stream;
    }

    /** A stream that reads nothing by itself. */
    TestStream connectsDeaf() {
        return new TestStream(house, channel.newCall(RegistryGrpc.getConnectMethod(), CallOptions.DEFAULT), 0);
    }

    RawStream connectsRaw() {
        return new RawStream(house, channel);
    }

    /** A stream that has. */
    TestStream greets(ClientKind kind) {
        TestStream stream = connects();
        stream.hello(kind);
        return stream;
    }

    /** A stream of who has this token, that has said Hello. */
    TestStream greets(ApiToken token) {
        TestStream stream = new TestStream(
                house, Bearer.of(token, channel).newCall(RegistryGrpc.getConnectMethod(), CallOptions.DEFAULT));
        stream.hello(ClientKind.CONNECTION);
        return stream;
    }

    /** A stream that has, and asks for a grace. */
    TestStream greets(long graceMs) {
        TestStream stream = connects();
        stream.does(Say.hello(graceMs, ByteString.EMPTY));
        return stream;
    }

    /** A stream that says it was another before. */
    TestStream returns(long graceMs, TestStream before) {
        TestStream stream = connects();
        stream.does(Say.hello(graceMs, before.welcome().getSession()));
        return stream;
    }

    Heard<ServerMessage> watches(WatchRequest request) {
        return watches(channel, request);
    }

    Heard<ServerMessage> watches(ApiToken token, WatchRequest request) {
        return watches(Bearer.of(token, channel), request);
    }

    private Heard<ServerMessage> watches(Channel as, WatchRequest request) {
        Heard<ServerMessage> heard = new Heard<>(Heard.EVERYTHING);
        ClientCalls.asyncServerStreamingCall(
                as.newCall(RegistryGrpc.getWatchMethod(), CallOptions.DEFAULT), request, heard);
        house.settle();
        return heard;
    }

    /** A unary call. */
    <Q, R> R call(MethodDescriptor<Q, R> method, Q request) {
        Future<R> answer = ClientCalls.futureUnaryCall(channel.newCall(method, CallOptions.DEFAULT), request);
        house.settle();
        if (!answer.isDone()) {
            throw new AssertionError(method.getFullMethodName() + " was not answered");
        }
        try {
            return answer.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof StatusRuntimeException refusal) {
                throw refusal;
            }
            throw new AssertionError(failure);
        } catch (InterruptedException interruption) {
            throw new AssertionError(interruption);
        }
    }

    void goAway(GoAway reason) {
        services.goAway(reason);
        house.settle();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        house.settle();
        server.shutdownNow();
    }
}
