// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.roster.bench.wire.RawMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Passes Connect streams on to a server and lets a meddler have a say in what comes back. */
final class MeddlingServer implements AutoCloseable {

    private static final MethodDescriptor<byte[], byte[]> CONNECT =
            RawMessages.method(MethodDescriptor.MethodType.BIDI_STREAMING, "roster.v1.Registry/Connect");

    private final ManagedChannel behind;
    private final Server server;

    MeddlingServer(int portBehind, Supplier<Meddler> meddlers) throws IOException {
        behind = NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), portBehind))
                .usePlaintext()
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("roster.v1.Registry")
                        .addMethod(CONNECT, (call, headers) -> open(call, meddlers.get()))
                        .build())
                .build()
                .start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
    }

    private ServerCall.Listener<byte[]> open(ServerCall<byte[], byte[]> front, Meddler meddler) {
        ClientCall<byte[], byte[]> back = behind.newCall(CONNECT, CallOptions.DEFAULT);
        back.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] message) {
                        meddler.pass(message, front::sendMessage);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (!front.isCancelled()) {
                            front.close(status, trailers);
                        }
                    }
                },
                new Metadata());
        back.request(Integer.MAX_VALUE);
        front.sendHeaders(new Metadata());
        front.request(Integer.MAX_VALUE);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] message) {
                back.sendMessage(message);
            }

            @Override
            public void onCancel() {
                back.cancel("the client has left", null);
            }
        };
    }

    @Override
    public void close() {
        server.shutdownNow();
        behind.shutdownNow();
    }
}
