// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.roster.proto.v1.Reply;
import io.roster.server.core.RegistryException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When a refusal says when to try again, it says so as gRPC's own retries understand it. */
class RefusalsTest {

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final RegistryException full = RegistryException.exhausted("max-streams", 3, "raise the limit");

    @Test
    void whenToTryAgainIsInTheTrailersBesideTheDetails() {
        StatusRuntimeException status = Refusals.status(full.retryAfter(250));
        Metadata trailers = Objects.requireNonNull(status.getTrailers());
        assertThat(trailers.get(PUSHBACK)).isEqualTo("250");
        assertThat(trailers.keys()).contains("grpc-status-details-bin");
        assertThat(status.getStatus().getDescription()).isEqualTo("max-streams: 3 reached (raise the limit)");
    }

    @Test
    void whereNobodyKnowsNothingIsSaid() {
        Metadata trailers = Objects.requireNonNull(Refusals.status(full).getTrailers());
        assertThat(trailers.get(PUSHBACK)).isNull();
    }

    @Test
    void aRefusalSeenFromFurtherOutStillSaysWhen() {
        RegistryException refusal =
                RegistryException.invalid("port", 1, "2").retryAfter(9).within("instance");
        assertThat(refusal.retryAfterMs()).isEqualTo(9);
        assertThat(refusal.field()).isEqualTo("instance.port");
        assertThat(Refusals.code(full)).isEqualTo(Reply.Code.RESOURCE_EXHAUSTED);
    }
}
