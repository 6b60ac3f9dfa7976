// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.client.RosterClient;
import io.roster.client.RosterClientBuilder;
import io.roster.client.RosterException;
import io.roster.client.RosterException.Code;
import io.roster.client.ServerStatus;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.it.history.Lifetime;
import io.roster.it.history.Parting;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Publishes by the SDK: by its stream, or by heartbeats. */
final class SdkPublisher implements Publisher {

    private static final Set<Code> OPEN = Set.of(Code.TIMEOUT, Code.CLOSED, Code.INTERRUPTED, Code.INTERNAL);

    /** What the SDK asks for by itself. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final History history;
    private final Operations operations;
    private final RosterClient client;
    private volatile boolean isHere = true;

    private SdkPublisher(
            String name,
            String place,
            History history,
            Operations operations,
            Line line,
            Lifetime lifetime,
            UnaryOperator<RosterClientBuilder> manner,
            Duration grace) {
        this.name = name;
        this.history = history;
        this.operations = operations;
        this.client = manner.apply(line.sdk().app(name).timeout(Duration.ofSeconds(2)))
                .build();
        history.add(at -> new Event.Joined(at, name, place, lifetime, grace.toNanos()));
    }

    /** Lives by its streams, and the grace that the SDK asks for by itself. */
    static SdkPublisher byStream(String name, String place, History history, Operations operations, Line line) {
        return new SdkPublisher(name, place, history, operations, line, Lifetime.RETURNING, builder -> builder, GRACE);
    }

    /** Lives by its streams, and is lost whenever one breaks. */
    static SdkPublisher withoutGrace(String name, String place, History history, Operations operations, Line line) {
        return new SdkPublisher(
                name,
                place,
                history,
                operations,
                line,
                Lifetime.RETURNING,
                builder -> builder.grace(Duration.ZERO),
                Duration.ZERO);
    }

    /** Lives by heartbeats. */
    static SdkPublisher byHeartbeats(String name, String place, History history, Operations operations, Line line) {
        return new SdkPublisher(
                name, place, history, operations, line, Lifetime.BEATS, RosterClientBuilder::heartbeats, GRACE);
    }

    @Override
    public void register(String service, Address address, double weight) {
        Listed instance = operations.register(name, service, address, weight);
        run(Operations.number(instance), () -> client.registerInstance(service, Lists.sdkInstance(instance)));
    }

    @Override
    public void deregister(String service, Address address) {
        int op = operations.deregister(name, service, address);
        run(op, () -> client.deregisterInstance(service, address.ip(), address.port()));
    }

    private void run(int op, Runnable call) {
        try {
            call.run();
            operations.done(op);
        } catch (RosterException failure) {
            if (OPEN.contains(failure.code())) {
                operations.unanswered(op, String.valueOf(failure.getMessage()));
            } else {
                operations.refused(op, String.valueOf(failure.getMessage()));
            }
        }
    }

    @Override
    public boolean isHere() {
        return isHere;
    }

    @Override
    public void noteIfWell() {
        if (isHere && client.serverStatus().state() == ServerStatus.State.CONNECTED) {
            history.add(at -> new Event.Well(at, name));
        }
    }

    @Override
    public void close() {
        if (isHere) {
            isHere = false;
            history.add(at -> new Event.Left(at, name, Parting.GOODBYE));
            client.close();
        }
    }
}
