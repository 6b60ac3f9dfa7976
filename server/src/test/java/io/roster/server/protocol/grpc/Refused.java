// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Refusals of unary calls: the status, and the field in its details. */
final class Refused {

    private Refused() {}

    static void invalid(ThrowingCallable call, String field, String text) {
        by(call, Status.Code.INVALID_ARGUMENT, field, text);
    }

    static void by(ThrowingCallable call, Status.Code code, String field, String text) {
        assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(call).satisfies(refusal -> {
            assertThat(refusal.getStatus().getCode()).isEqualTo(code);
            assertThat(refusal.getStatus().getDescription()).contains(text);
            assertThat(fieldOf(refusal)).isEqualTo(field);
        });
    }

    private static String fieldOf(StatusRuntimeException refusal) throws InvalidProtocolBufferException {
        com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
        if (status != null) {
            for (Any detail : status.getDetailsList()) {
                return detail.unpack(BadRequest.class).getFieldViolations(0).getField();
            }
        }
        return "";
    }
}
