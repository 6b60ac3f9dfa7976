// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.roster.bench.wire.NativeFrame;
import java.nio.ByteBuffer;
import java.util.List;

/** One stream of a server that does nothing: each request is answered with bytes made before. Confined to its loop. */
final class CeilingStream extends ServerCall.Listener<byte[]> {

    private final Ceiling ceiling;
    private final CeilingLoop loop;
    private final ServerCall<byte[], Pieces> call;
    private boolean subscribed;

    CeilingStream(Ceiling ceiling, CeilingLoop loop, ServerCall<byte[], Pieces> call) {
        this.ceiling = ceiling;
        this.loop = loop;
        this.call = call;
        call.sendHeaders(new Metadata());
        call.request(Integer.MAX_VALUE);
    }

    @Override
    public void onMessage(byte[] request) {
        List<Pieces> answer = ceiling.answerTo(request);
        for (int i = 0; i < answer.size(); i++) {
            call.sendMessage(answer.get(i));
        }
        if (NativeFrame.isSubscribe(request)) {
            subscribed = true;
            loop.join(service(request), call);
        } else if (NativeFrame.isRegister(request)) {
            ceiling.tell(() -> service(request));
        }
    }

    private static ByteBuffer service(byte[] request) {
        int[] bounds = NativeFrame.serviceOf(request);
        return ByteBuffer.wrap(request, bounds[0], bounds[1] - bounds[0]).slice();
    }

    @Override
    public void onHalfClose() {
        call.close(Status.OK, new Metadata());
        onCancel();
    }

    @Override
    public void onCancel() {
        if (subscribed) {
            subscribed = false;
            loop.run(() -> loop.leave(call));
        }
    }
}
