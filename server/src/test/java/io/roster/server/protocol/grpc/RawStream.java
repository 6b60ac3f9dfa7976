// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.server.fixture.House;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A stream whose client sends whatever bytes it likes. */
final class RawStream {

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    };

    private final House house;
    private final Heard<ServerMessage> heard = new Heard<>(Heard.EVERYTHING);
    private final StreamObserver<byte[]> call;

    RawStream(House house, Channel channel) {
        this.house = house;
        MethodDescriptor<byte[], ServerMessage> method = RegistryGrpc.getConnectMethod().toBuilder(
                        BYTES, RegistryGrpc.getConnectMethod().getResponseMarshaller())
                .build();
        this.call = ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), heard);
    }

    void sends(byte[] bytes) {
        call.onNext(bytes);
        house.settle();
    }

    List<Reply> replies() {
        return heard.messages().stream()
                .filter(ServerMessage::hasReply)
                .map(ServerMessage::getReply)
                .toList();
    }
}
