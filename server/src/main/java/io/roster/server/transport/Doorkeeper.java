// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.roster.server.core.RegistryException;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.security.Credentials;
import io.roster.server.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a call, by the token in its metadata or the certificate of its connection, and turns away who may not
 * come through. Only there with authentication on. Thread: any.
 */
final class Doorkeeper implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final AccessControl access;
    private final Door door;

    Doorkeeper(AccessControl access, Door door) {
        this.access = access;
        this.door = door;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (door == Door.OPEN) {
            return next.startCall(call, headers);
        }
        String method = call.getMethodDescriptor().getFullMethodName();
        Principal principal;
        try {
            principal = principal(call.getAttributes(), headers, method);
            Caller caller =
                    access.caller(principal, Peer.of(call.getAttributes()).address());
            door.check(access, caller, method);
        } catch (RegistryException refusal) {
            call.close(
                    Status.fromCode(Status.Code.valueOf(refusal.code().name())).withDescription(refusal.getMessage()),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(principal == null ? call : new Known<>(call, principal), headers);
    }

    private @Nullable Principal principal(Attributes call, Metadata headers, String method) {
        String token = Credentials.bearer(headers.get(AUTHORIZATION));
        if (token == null) {
            X509Certificate certificate = certificate(call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            return certificate == null ? null : access.byCertificate(certificate);
        }
        try {
            return access.byToken(token);
        } catch (RegistryException refusal) {
            access.unknown(Peer.of(call).address(), method, refusal);
            throw refusal;
        }
    }

    private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate ? certificate : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** A call of somebody who is known. */
    private static final class Known<Q, R> extends SimpleForwardingServerCall<Q, R> {

        private final Attributes attributes;

        Known(ServerCall<Q, R> call, Principal principal) {
            super(call);
            this.attributes = call.getAttributes().toBuilder()
                    .set(Callers.PRINCIPAL, principal)
                    .build();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }
    }
}
