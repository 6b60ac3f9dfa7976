// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.ceiling;

import io.grpc.ServerCall;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscribers whose connections belong to one event loop. Confined to it. */
final class CeilingLoop {

    private final EventExecutor executor;
    private final Map<ByteBuffer, List<ServerCall<byte[], Pieces>>> subscribers = new HashMap<>();

    CeilingLoop(EventExecutor executor) {
        this.executor = executor;
    }

    boolean inLoop() {
        return executor.inEventLoop();
    }

    /** Runs now if the caller is on the loop. Any thread. */
    void run(Runnable command) {
        if (executor.inEventLoop()) {
            command.run();
        } else {
            executor.execute(command);
        }
    }

    void join(ByteBuffer service, ServerCall<byte[], Pieces> call) {
        subscribers.computeIfAbsent(service, name -> new ArrayList<>()).add(call);
    }

    void leave(ServerCall<byte[], Pieces> call) {
        subscribers.values().forEach(calls -> calls.remove(call));
        subscribers.values().removeIf(List::isEmpty);
    }

    void tell(ByteBuffer service, Pieces push) {
        List<ServerCall<byte[], Pieces>> calls = subscribers.getOrDefault(service, List.of());
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).sendMessage(push);
        }
    }
}
