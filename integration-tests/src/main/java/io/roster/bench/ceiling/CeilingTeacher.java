// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.roster.bench.wire.RawMessages;
import java.net.InetSocketAddress;
import java.util.List;

/** Takes lessons to a ceiling server. Thread: any; blocks. */
public final class CeilingTeacher {

    private CeilingTeacher() {}

    public static void teach(InetSocketAddress ceiling, List<Lesson> lessons) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(ceiling)
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        try {
            for (Lesson lesson : lessons) {
                ClientCalls.blockingUnaryCall(
                        channel,
                        RawMessages.method(MethodDescriptor.MethodType.UNARY, Lesson.METHOD),
                        CallOptions.DEFAULT,
                        lesson.encoded());
            }
        } finally {
            channel.shutdownNow();
        }
    }
}
