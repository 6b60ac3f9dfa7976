// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Metadata;

/** Says in the trailers of a refusal when to try again, in the way that gRPC's own retries understand (gRFC A6). */
public final class Pushback {

    private static final Metadata.Key<String> KEY =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private Pushback() {}

    /** Trailers that say only this; none if it is 0. */
    public static Metadata of(long retryAfterMs) {
        Metadata trailers = new Metadata();
        if (retryAfterMs > 0) {
            trailers.put(KEY, Long.toString(retryAfterMs));
        }
        return trailers;
    }
}
