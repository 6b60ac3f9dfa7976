// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.roster.proto.v1.Reply;
import io.roster.server.core.RegistryException;
import io.roster.server.transport.Pushback;

/** The one table from the registry's refusals to this wire's: Reply codes on streams, statuses of unary calls. */
final class Refusals {

    private Refusals() {}

    static Reply.Code code(RegistryException refusal) {
        return switch (refusal.code()) {
            case INVALID_ARGUMENT -> Reply.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Reply.Code.NOT_FOUND;
            case FAILED_PRECONDITION -> Reply.Code.FAILED_PRECONDITION;
            case RESOURCE_EXHAUSTED -> Reply.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Reply.Code.UNAVAILABLE;
            case UNIMPLEMENTED -> Reply.Code.UNIMPLEMENTED;
            case INTERNAL -> Reply.Code.INTERNAL;
            case UNAUTHENTICATED -> Reply.Code.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Reply.Code.PERMISSION_DENIED;
        };
    }

    /** A refusal as the status of a call; an offending field is named in a BadRequest detail too. */
    static StatusRuntimeException status(RegistryException refusal) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.valueOf(refusal.code().name()).value())
                .setMessage(text(refusal));
        if (!refusal.field().isEmpty()) {
            status.addDetails(Any.pack(BadRequest.newBuilder()
                    .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                            .setField(refusal.field())
                            .setDescription(text(refusal)))
                    .build()));
        }
        StatusRuntimeException failure = StatusProto.toStatusRuntimeException(status.build());
        return refusal.retryAfterMs() > 0 ? withPushback(failure, refusal.retryAfterMs()) : failure;
    }

    private static StatusRuntimeException withPushback(StatusRuntimeException failure, long retryAfterMs) {
        Metadata trailers = failure.getTrailers() == null ? new Metadata() : failure.getTrailers();
        trailers.merge(Pushback.of(retryAfterMs));
        return new StatusRuntimeException(failure.getStatus(), trailers);
    }

    static String text(RegistryException refusal) {
        String message = refusal.getMessage();
        return message == null ? refusal.code().name() : message;
    }
}
