// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.roster.proto.nacos.Payload;
import io.roster.server.security.ApiToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call whose client is the test: what it is sent is kept, and whether it reads is said by hand. */
final class FakeCall extends ServerCall<Payload, Object> {

    private final MethodDescriptor<Payload, Object> method;
    private final Attributes transport;
    private final ServerCall.Listener<Payload> listener;
    private final List<String> sent = new ArrayList<>();
    private boolean ready = true;
    private @Nullable Status closed;

    @SuppressWarnings("unchecked")
    FakeCall(ServerMethodDefinition<?, ?> definition, Attributes transport) {
        this.method = (MethodDescriptor<Payload, Object>) definition.getMethodDescriptor();
        this.transport = transport;
        this.listener = ((ServerMethodDefinition<Payload, Object>) definition)
                .getServerCallHandler()
                .startCall(this, new Metadata());
    }

    /** An envelope. */
    static Payload payload(String type, String json) {
        return Payload.newBuilder()
                .setMetadata(io.roster.proto.nacos.Metadata.newBuilder().setType(type))
                .setBody(Any.newBuilder().setValue(ByteString.copyFromUtf8(json)))
                .build();
    }

    /** The same of somebody who has this token. */
    static Payload payload(ApiToken token, String type, String json) {
        Payload.Builder payload = payload(type, json).toBuilder();
        payload.getMetadataBuilder().putHeaders("accessToken", token.secret());
        return payload.build();
    }

    /** The client says something on its stream. */
    void say(String type, String json) {
        say(payload(type, json));
    }

    void say(Payload message) {
        listener.onMessage(message);
    }

    /** The client asks something, once. */
    void ask(Payload request) {
        listener.onMessage(request);
        listener.onHalfClose();
    }

    /** The client reads, or stops reading. */
    void reads(boolean nowReady) {
        ready = nowReady;
        if (nowReady) {
            listener.onReady();
        }
    }

    void breaks() {
        listener.onCancel();
    }

    /** What it was sent since this was last asked, each as {@code type json}. */
    List<String> heard() {
        List<String> news = List.copyOf(sent);
        sent.clear();
        return news;
    }

    @Nullable
    Status closedWith() {
        return closed;
    }

    @Override
    public void sendMessage(Object message) {
        try (InputStream bytes = method.streamResponse(message)) {
            Payload payload = Payload.parseFrom(bytes.readAllBytes());
            sent.add(payload.getMetadata().getType()
                    + ' '
                    + payload.getBody().getValue().toStringUtf8());
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void close(Status status, Metadata trailers) {
        closed = status;
    }

    @Override
    public Attributes getAttributes() {
        return transport;
    }

    @Override
    public MethodDescriptor<Payload, Object> getMethodDescriptor() {
        return method;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}
}
