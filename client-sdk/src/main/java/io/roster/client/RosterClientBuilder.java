// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Says what a client needs to know. For one thread. */
public final class RosterClientBuilder {
    private final List<ServerAddress> servers = new ArrayList<>();
    private final Map<String, String> labels = new HashMap<>();
    private String app = "";
    private String namespace = "public";
    private long timeoutMs = ClientSettings.DEFAULT_TIMEOUT_MS;
    private long graceMs = ClientSettings.DEFAULT_GRACE_MS;
    private ClientSettings.Lifetime lifetime = ClientSettings.Lifetime.CONNECTION;
    private @Nullable Executor listenerExecutor;

    RosterClientBuilder() {}

    /**
     * Adds servers, each "host:port" or "[ipv6]:port" with the port for gRPC. The client uses one at a time, from a
     * random start, and the next when it fails.
     *
     * @throws RosterException INVALID_ARGUMENT for anything else
     */
    public RosterClientBuilder servers(String... addresses) {
        for (String address : addresses) {
            servers.add(ServerAddress.parse(address));
        }
        return this;
    }

    /** The application's name, for the people who look after the registry. Default none. */
    public RosterClientBuilder app(String value) {
        app = value;
        return this;
    }

    /** The namespace of services that name none. Default "public". */
    public RosterClientBuilder namespace(String value) {
        namespace = value;
        return this;
    }

    /** Adds a label for the people who look after the registry. */
    public RosterClientBuilder label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /** How long an operation may take, waiting for a connection included. Default 5 s; above 0. */
    public RosterClientBuilder timeout(Duration value) {
        timeoutMs = value.toMillis();
        return this;
    }

    /**
     * For how long what the client publishes outlives a connection that breaks, so that nobody notices if the client is
     * back within it; also how long a program that dies without {@link RosterClient#close} is still listed. Default 5 s;
     * with 0, what it publishes is gone as soon as its connection is. The registry may grant less.
     */
    public RosterClientBuilder grace(Duration value) {
        graceMs = value.toMillis();
        return this;
    }

    /**
     * Lets what the client publishes outlive its connection: the client sends heartbeats, and the registry lists an
     * instance as unhealthy and then removes it when they stay away. By default what the client publishes is gone soon
     * after its connection is, see {@link #grace}.
     */
    public RosterClientBuilder heartbeats() {
        lifetime = ClientSettings.Lifetime.HEARTBEATS;
        return this;
    }

    /**
     * Where listeners run. Must run them on threads of its own, never in the caller. The client does not shut it down.
     * Default: one daemon thread of the client.
     */
    public RosterClientBuilder listenerExecutor(Executor value) {
        listenerExecutor = value;
        return this;
    }

    /**
     * Begins to connect, and does not wait for it.
     *
     * @throws RosterException INVALID_ARGUMENT without a server or with a value out of range
     */
    public RosterClient build() {
        ThreadLoop loop = new ThreadLoop("roster-client");
        return new RosterClient(settings(), loop, Channels.TCP, RandomGenerator.getDefault(), loop::stop);
    }

    ClientSettings settings() {
        return new ClientSettings(servers, app, namespace, labels, timeoutMs, graceMs, lifetime, listenerExecutor);
    }
}
