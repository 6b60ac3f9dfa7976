// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelPipeline;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How clients make sure of a server, and what they show it. Immutable. */
public final class Security {

    /** Plain text, and nothing is shown. */
    public static final Security NONE = new Security(null, null, "");

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final @Nullable SslContext grpc;
    private final @Nullable SslContext http;
    private final String token;

    private Security(@Nullable SslContext grpc, @Nullable SslContext http, String token) {
        this.grpc = grpc;
        this.http = http;
        this.token = token;
    }

    /**
     * Security as it was asked for.
     *
     * @param authority who vouches for the server, PEM; null for plain text
     * @param token what clients show; empty for nothing
     * @throws IllegalArgumentException if there are no certificates in the file
     * @throws SSLException if they cannot be used
     */
    public static Security of(@Nullable Path authority, String token) throws SSLException {
        if (authority == null) {
            return new Security(null, null, token);
        }
        return new Security(
                GrpcSslContexts.forClient().trustManager(authority.toFile()).build(),
                SslContextBuilder.forClient().trustManager(authority.toFile()).build(),
                token);
    }

    /** Empty for none. */
    String token() {
        return token;
    }

    void applyTo(NettyChannelBuilder channel) {
        if (grpc == null) {
            channel.usePlaintext();
        } else {
            channel.sslContext(grpc);
        }
    }

    /** To be put first behind what counts the bytes that go over the network. */
    void applyTo(ChannelPipeline pipeline, InetSocketAddress server) {
        if (http != null) {
            pipeline.addLast(http.newHandler(pipeline.channel().alloc(), server.getHostString(), server.getPort()));
        }
    }

    /** New ones for each call. */
    Metadata headers() {
        Metadata headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + token);
        }
        return headers;
    }
}
