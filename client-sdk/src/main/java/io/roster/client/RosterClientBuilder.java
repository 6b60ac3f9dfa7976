// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
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
    private Identity identity = new Identity.Unsaid();
    private Channels channels = Channels.TCP;

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
     * Speaks TLS, to servers whose certificates come from these authorities.
     *
     * @param authorities a file of certificates in PEM; read now
     * @throws RosterException INVALID_ARGUMENT if it cannot be used
     */
    public RosterClientBuilder tls(Path authorities) {
        return secured("authorities", () -> TlsChannelCredentials.newBuilder().trustManager(authorities.toFile()));
    }

    /**
     * The same, and shows a certificate of its own.
     *
     * @param certificate the client's certificate chain in PEM; read now
     * @param key its private key in PEM, unencrypted PKCS #8; read now
     * @throws RosterException INVALID_ARGUMENT if one of the files cannot be used
     */
    public RosterClientBuilder tls(Path certificate, Path key, Path authorities) {
        return secured(
                "certificate, key and authorities",
                () -> TlsChannelCredentials.newBuilder()
                        .trustManager(authorities.toFile())
                        .keyManager(certificate.toFile(), key.toFile()));
    }

    private interface Reading {
        TlsChannelCredentials.Builder read() throws IOException;
    }

    private RosterClientBuilder secured(String what, Reading reading) {
        try {
            Channels tls = Channels.over(reading.read().build());
            // Only a channel looks at what was read.
            tls.open(new ServerAddress("127.0.0.1", 1)).shutdownNow();
            channels = tls;
            return this;
        } catch (IOException | RuntimeException unusable) {
            throw new RosterException(
                    RosterException.Code.INVALID_ARGUMENT,
                    "tls: " + what + " cannot be used: " + unusable.getMessage() + " (expected: files in PEM)",
                    "tls",
                    unusable);
        }
    }

    /** Shows a token of the application's own with each call. Takes the place of {@link #credentials}. */
    public RosterClientBuilder token(String secret) {
        identity = new Identity.Token(secret);
        return this;
    }

    /** Logs in with a password, and again before the login expires. Takes the place of {@link #token}. */
    public RosterClientBuilder credentials(String user, String password) {
        identity = new Identity.Password(user, password);
        return this;
    }

    /**
     * Begins to connect, and does not wait for it.
     *
     * @throws RosterException INVALID_ARGUMENT without a server or with a value out of range
     */
    public RosterClient build() {
        ThreadLoop loop = new ThreadLoop("roster-client");
        return new RosterClient(settings(), loop, channels, RandomGenerator.getDefault(), loop::stop);
    }

    ClientSettings settings() {
        return new ClientSettings(
                servers, app, namespace, labels, timeoutMs, graceMs, lifetime, listenerExecutor, identity);
    }
}
