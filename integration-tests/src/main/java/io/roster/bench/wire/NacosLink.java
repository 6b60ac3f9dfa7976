// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;

/**
 * One Nacos client: its unary calls and its stream share a connection, by which the server knows it. Hello is two steps, a
 * server check and the setup of the stream; the acknowledgement of the latter counts as its answer. Confined to its loop.
 */
final class NacosLink implements Link {

    private static final MethodDescriptor<byte[], byte[]> REQUEST =
            RawMessages.method(MethodDescriptor.MethodType.UNARY, "Request/request");
    private static final MethodDescriptor<byte[], byte[]> STREAM =
            RawMessages.method(MethodDescriptor.MethodType.BIDI_STREAMING, "BiRequestStream/requestBiStream");

    private static final byte[] SETUP = type("ConnectionSetupRequest");
    private static final byte[] ACKNOWLEDGED = type("SetupAckRequest");
    private static final byte[] SUBSCRIBED = type("SubscribeServiceResponse");
    private static final byte[] DETECTION = type("ClientDetectionRequest");

    private final Connection connection;
    private final LinkListener listener;
    private int helloSlot;

    NacosLink(Connection connection, LinkListener listener) {
        this.connection = connection;
        this.listener = listener;
    }

    private static byte[] type(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public EventLoop loop() {
        return connection.loop();
    }

    @Override
    public void send(byte[] request, int slot) {
        if (NacosFrame.is(request, SETUP)) {
            helloSlot = slot;
            byte[] check = NacosWire.payload("ServerCheckRequest", "{\"headers\":{},\"module\":\"internal\"}");
            call(check, answer -> open(request));
        } else {
            call(request, answer -> answered(slot, answer));
        }
    }

    private void answered(int slot, byte[] answer) {
        // On this wire the first list comes in the answer.
        if (NacosFrame.is(answer, SUBSCRIBED)) {
            listener.onPush(answer);
        }
        listener.onReply(slot, answer);
    }

    /** What is done with the answer to one call. */
    private interface Then {
        void accept(byte[] answer);
    }

    private void call(byte[] request, Then then) {
        ClientCall<byte[], byte[]> call = connection.call(REQUEST);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] answer) {
                        then.accept(answer);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (!status.isOk()) {
                            listener.onEnd(status.toString());
                        }
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
    }

    private void open(byte[] setup) {
        ClientCall<byte[], byte[]> opened = connection.call(STREAM);
        opened.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] push) {
                        pushed(opened, push);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        listener.onEnd(status.toString());
                    }
                },
                new Metadata());
        opened.request(Integer.MAX_VALUE);
        opened.sendMessage(setup);
    }

    private void pushed(ClientCall<byte[], byte[]> opened, byte[] push) {
        if (NacosFrame.is(push, ACKNOWLEDGED)) {
            listener.onReply(helloSlot, NacosWire.payload("SetupAckRequest", "{\"resultCode\":200}"));
            return;
        }
        boolean detection = NacosFrame.is(push, DETECTION);
        String type = detection ? "ClientDetectionResponse" : "NotifySubscriberResponse";
        String id = NacosFrame.requestId(push);
        opened.sendMessage(NacosWire.payload(
                type, "{\"resultCode\":200,\"errorCode\":0,\"requestId\":\"" + id + "\",\"success\":true}"));
        if (!detection) {
            listener.onPush(push);
        }
    }

    @Override
    public void reset() {
        connection.reset();
    }

    @Override
    public void freeze() {
        connection.freeze();
    }

    @Override
    public void close() {
        connection.close();
    }
}
