// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.roster.bench.wire.NacosFrame;
import io.roster.bench.wire.NacosWire;
import io.roster.bench.wire.RawMessages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire of Nacos as a server speaks it that does nothing: unary calls are answered with bytes made before, and who
 * subscribes hears pushes on the stream of the same connection. Confined to the connection's loop.
 */
final class NacosCeiling extends ServerTransportFilter {

    private static final Attributes.Key<Peer> PEER = Attributes.Key.create("peer");

    private static final MethodDescriptor<byte[], Pieces> REQUEST =
            method(MethodDescriptor.MethodType.UNARY, "Request/request");
    private static final MethodDescriptor<byte[], Pieces> STREAM =
            method(MethodDescriptor.MethodType.BIDI_STREAMING, "BiRequestStream/requestBiStream");

    /** Asked before a client exists, so that nobody could have taught it. */
    private static final Pieces CHECKED = Pieces.of(
            NacosWire.payload(
                    "ServerCheckResponse",
                    "{\"resultCode\":200,\"errorCode\":0,\"connectionId\":\"1700000000000_127.0.0.1_10000\",\"success\":true}"));

    private static final byte[] REGISTERS = "\"registerInstance\"".getBytes(StandardCharsets.US_ASCII);

    private static final int CHECK = kind("ServerCheckRequest");
    private static final int INSTANCE = kind("InstanceRequest");
    private static final int SUBSCRIBE = kind("SubscribeServiceRequest");

    private final Ceiling ceiling;

    NacosCeiling(Ceiling ceiling) {
        this.ceiling = ceiling;
    }

    private static MethodDescriptor<byte[], Pieces> method(MethodDescriptor.MethodType type, String name) {
        return MethodDescriptor.<byte[], Pieces>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(RawMessages.INSTANCE)
                .setResponseMarshaller(new PiecesMarshaller())
                .build();
    }

    private static int kind(String type) {
        return NacosFrame.kindOf(NacosWire.payload(type, ""));
    }

    /** What a connection's calls share. */
    private static final class Peer {
        private @Nullable ServerCall<byte[], Pieces> stream;
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        return transport.toBuilder().set(PEER, new Peer()).build();
    }

    ServerServiceDefinition calls() {
        return ServerServiceDefinition.builder("Request")
                .addMethod(REQUEST, (call, headers) -> {
                    call.request(2);
                    return new Asked(call);
                })
                .build();
    }

    ServerServiceDefinition streams() {
        return ServerServiceDefinition.builder("BiRequestStream")
                .addMethod(STREAM, (call, headers) -> {
                    call.sendHeaders(new Metadata());
                    call.request(Integer.MAX_VALUE);
                    return new Stream(call);
                })
                .build();
    }

    private static Peer peer(ServerCall<byte[], Pieces> call) {
        Peer peer = call.getAttributes().get(PEER);
        if (peer == null) {
            throw new IllegalStateException("a call without a connection");
        }
        return peer;
    }

    /** One unary call. */
    private final class Asked extends ServerCall.Listener<byte[]> {

        private final ServerCall<byte[], Pieces> call;

        Asked(ServerCall<byte[], Pieces> call) {
            this.call = call;
        }

        @Override
        public void onMessage(byte[] request) {
            int kind = NacosFrame.kindOf(request);
            List<Pieces> answer = kind == CHECK ? List.of(CHECKED) : ceiling.answer(kind, 0);
            if (answer.isEmpty()) {
                call.close(Status.UNIMPLEMENTED, new Metadata());
                return;
            }
            call.sendHeaders(new Metadata());
            call.sendMessage(answer.get(0));
            call.close(Status.OK, new Metadata());
            ServerCall<byte[], Pieces> stream = peer(call).stream;
            if (kind == SUBSCRIBE && stream != null) {
                ceiling.here().join(service(request), stream);
            } else if (kind == INSTANCE && NacosFrame.contains(request, REGISTERS)) {
                ceiling.tell(() -> service(request));
            }
        }
    }

    private static ByteBuffer service(byte[] request) {
        int[] bounds = NacosFrame.serviceOf(request);
        return ByteBuffer.wrap(request, bounds[0], bounds[1] - bounds[0]).slice();
    }

    /** One connection's stream. */
    private final class Stream extends ServerCall.Listener<byte[]> {

        private final ServerCall<byte[], Pieces> call;
        private final CeilingLoop loop;

        Stream(ServerCall<byte[], Pieces> call) {
            this.call = call;
            this.loop = ceiling.here();
            peer(call).stream = call;
        }

        @Override
        public void onMessage(byte[] request) {
            ceiling.answer(NacosFrame.kindOf(request), 0).forEach(call::sendMessage);
        }

        @Override
        public void onHalfClose() {
            call.close(Status.OK, new Metadata());
            onCancel();
        }

        @Override
        public void onCancel() {
            loop.run(() -> loop.leave(call));
        }
    }
}
