// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.proto.v1.ListInstancesRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.Snapshot;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the server itself for every list, again and again, without a faulty link between. */
final class Auditor {

    private static final long EVERY_MS = 100;

    private final History history;
    private final ManagedChannel channel;
    private final List<String> services;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "auditor");
        thread.setDaemon(true);
        return thread;
    });

    Auditor(History history, ManagedChannel channel, List<String> services) {
        this.history = history;
        this.channel = channel;
        this.services = services;
        var unused = timer.scheduleWithFixedDelay(this::ask, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        services.forEach(this::ask);
    }

    private void ask(String service) {
        long askedNs = history.nowNs();
        try {
            Snapshot answer = RegistryGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(500, TimeUnit.MILLISECONDS)
                    .listInstances(ListInstancesRequest.newBuilder()
                            .setService(Lists.ref(service))
                            .build());
            history.add(at -> new Event.Answered(at, askedNs, service, Lists.listing(answer)));
        } catch (StatusRuntimeException down) {
            unanswered.incrementAndGet();
        }
    }

    void stop() {
        timer.shutdownNow();
    }
}
