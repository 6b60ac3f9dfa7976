// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.roster.client.RosterClient;
import io.roster.client.RosterClientBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;

/** How clients get into a server that a test has started: everybody in plain text, or over TLS with a token. Immutable. */
public sealed interface Access {

    /** What the server is started with, beside a data directory. */
    List<String> serverOptions();

    /** A channel of its own to a port of this machine, not yet built. */
    NettyChannelBuilder channel(int port);

    /** The same for the SDK. */
    RosterClientBuilder sdk(int port);

    /** From these words {@link #of} makes it again, in another process. */
    List<String> words();

    /** Everybody, in plain text. */
    static Access open() {
        return new Open();
    }

    /**
     * Over TLS, with a token that opens everything.
     *
     * @param folder where the files are made
     */
    static Access secured(Path folder) throws Exception {
        SelfSigned server = SelfSigned.make(folder, "server");
        List<String> made = Secured.command("", "new-token")
                .lines()
                .map(line -> line.replaceFirst(".*: +", ""))
                .toList();
        Path users = Files.writeString(folder.resolve("users.json"), """
                {"tokens": [{"name": "tests", "sha256": "%s", "grants": [{"role": "operate", "namespace": "*"}]}]}
                """.formatted(made.get(1)));
        return new Guarded(
                List.of("--tls-cert=" + server.certificate(), "--tls-key=" + server.key(), "--users=" + users),
                server.certificate(),
                made.get(0));
    }

    /** See {@link #words}. */
    static Access of(List<String> words) {
        return words.isEmpty() ? new Open() : new Guarded(List.of(), Path.of(words.get(0)), words.get(1));
    }

    /** Nobody is asked. */
    record Open() implements Access {

        @Override
        public List<String> serverOptions() {
            return List.of();
        }

        @Override
        public NettyChannelBuilder channel(int port) {
            return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext();
        }

        @Override
        public RosterClientBuilder sdk(int port) {
            return RosterClient.builder().servers("127.0.0.1:" + port);
        }

        @Override
        public List<String> words() {
            return List.of();
        }
    }

    /**
     * Everybody is asked.
     *
     * @param authority who vouches for the server
     * @param token what clients show
     */
    record Guarded(List<String> serverOptions, Path authority, String token) implements Access {

        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public NettyChannelBuilder channel(int port) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + token);
            try {
                return NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .sslContext(GrpcSslContexts.forClient()
                                .trustManager(authority.toFile())
                                .build())
                        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
            } catch (SSLException unusable) {
                throw new UncheckedIOException(unusable);
            }
        }

        @Override
        public RosterClientBuilder sdk(int port) {
            return RosterClient.builder()
                    .servers("127.0.0.1:" + port)
                    .tls(authority)
                    .token(token);
        }

        @Override
        public List<String> words() {
            return List.of(authority.toString(), token);
        }
    }
}
