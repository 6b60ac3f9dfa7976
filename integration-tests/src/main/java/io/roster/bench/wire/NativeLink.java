// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;

/** One Connect stream. */
final class NativeLink extends ClientCall.Listener<byte[]> implements Link {

    private static final MethodDescriptor<byte[], byte[]> CONNECT =
            RawMessages.method(MethodDescriptor.MethodType.BIDI_STREAMING, "roster.v1.Registry/Connect");

    private final Connection connection;
    private final LinkListener listener;
    private final ClientCall<byte[], byte[]> call;

    NativeLink(Connection connection, LinkListener listener) {
        this.connection = connection;
        this.listener = listener;
        this.call = connection.call(CONNECT);
    }

    NativeLink start(Metadata headers) {
        call.start(this, headers);
        call.request(Integer.MAX_VALUE);
        return this;
    }

    @Override
    public EventLoop loop() {
        return connection.loop();
    }

    /** gRPC copies the message before it returns, but for those sent before the connection stands. */
    @Override
    public void send(byte[] request, int slot) {
        request[NativeFrame.REQUEST_SLOT] = (byte) slot;
        call.sendMessage(request);
    }

    @Override
    public void onMessage(byte[] message) {
        int position = NativeFrame.slotPosition(message);
        if (position > 0) {
            listener.onReply(message[position], message);
        } else {
            listener.onPush(message);
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        listener.onEnd(status.toString());
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
