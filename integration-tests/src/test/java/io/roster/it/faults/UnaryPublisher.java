// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.it.history.Lifetime;
import io.roster.it.history.Parting;
import io.roster.proto.v1.DeregisterInstanceRequest;
import io.roster.proto.v1.HeartbeatRequest;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegistryGrpc;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes by unary calls and beats for each instance by itself, as a script would. */
final class UnaryPublisher implements Publisher {

    private static final long BEAT_MS = 400;

    private record Place(String service, Address address) {}

    private final String name;
    private final History history;
    private final Operations operations;
    private final ManagedChannel channel;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "unary beats");
        thread.setDaemon(true);
        return thread;
    });
    /** What it wants to be published. */
    private final Map<Place, Listed> intended = new ConcurrentHashMap<>();

    /**
     * Where the last registration was not acknowledged: there it is repeated, for a heartbeat might keep alive what somebody
     * before had registered under the same address. Guarded by this object.
     */
    private final Set<Place> unsure = new HashSet<>();

    private final AtomicInteger missed = new AtomicInteger();
    private volatile boolean isHere = true;

    UnaryPublisher(String name, String place, History history, Operations operations, Line line) {
        this.name = name;
        this.history = history;
        this.operations = operations;
        this.channel = line.channel().build();
        history.add(at -> new Event.Joined(at, name, place, Lifetime.BEATS, 0));
        var unused = timer.scheduleWithFixedDelay(this::beat, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void register(String service, Address address, double weight) {
        Listed instance = operations.register(name, service, address, weight);
        int op = Operations.number(instance);
        synchronized (this) {
            Place place = new Place(service, address);
            intended.put(place, instance);
            unsure.add(place);
            try {
                var answer = calls().registerInstance(request(service, instance));
                unsure.remove(place);
                operations.done(op, 0, answer.getRevision());
            } catch (StatusRuntimeException failure) {
                note(op, failure);
            }
        }
    }

    @Override
    public void deregister(String service, Address address) {
        int op = operations.deregister(name, service, address);
        synchronized (this) {
            intended.remove(new Place(service, address));
            try {
                var unused = calls().deregisterInstance(DeregisterInstanceRequest.newBuilder()
                        .setService(Lists.ref(service))
                        .setInstance(Lists.key(address))
                        .build());
                operations.done(op);
            } catch (StatusRuntimeException failure) {
                note(op, failure);
            }
        }
    }

    private void note(int op, StatusRuntimeException failure) {
        switch (failure.getStatus().getCode()) {
            case NOT_FOUND -> operations.done(op);
            case INVALID_ARGUMENT, FAILED_PRECONDITION, UNIMPLEMENTED, PERMISSION_DENIED, UNAUTHENTICATED ->
                operations.refused(op, String.valueOf(failure.getMessage()));
            default -> operations.unanswered(op, String.valueOf(failure.getMessage()));
        }
    }

    private void beat() {
        channel.resetConnectBackoff();
        intended.keySet().forEach(this::beat);
    }

    private synchronized void beat(Place place) {
        Listed instance = intended.get(place);
        if (instance == null) {
            return;
        }
        if (unsure.contains(place)) {
            again(place, instance);
            return;
        }
        try {
            var unused = calls().heartbeat(HeartbeatRequest.newBuilder()
                    .setService(Lists.ref(place.service()))
                    .setInstance(Lists.key(place.address()))
                    .build());
        } catch (StatusRuntimeException failure) {
            missed.incrementAndGet();
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                again(place, instance);
            }
        }
    }

    private void again(Place place, Listed instance) {
        try {
            var unused = calls().registerInstance(request(place.service(), instance));
            unsure.remove(place);
        } catch (StatusRuntimeException failure) {
            missed.incrementAndGet();
        }
    }

    private static RegisterInstanceRequest request(String service, Listed instance) {
        return RegisterInstanceRequest.newBuilder()
                .setService(Lists.ref(service))
                .setInstance(Lists.instance(instance))
                .build();
    }

    private RegistryGrpc.RegistryBlockingStub calls() {
        return RegistryGrpc.newBlockingStub(channel).withDeadlineAfter(1, TimeUnit.SECONDS);
    }

    @Override
    public boolean isHere() {
        return isHere;
    }

    @Override
    public void close() {
        if (isHere) {
            isHere = false;
            history.add(at -> new Event.Left(at, name, Parting.DEATH));
            timer.shutdownNow();
            channel.shutdownNow();
        }
    }
}
