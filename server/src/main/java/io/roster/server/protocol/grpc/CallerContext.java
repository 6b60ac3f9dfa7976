// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.transport.Callers;

/** Lets generated code, which sees nothing of its call but the request, know who makes it. Thread: any. */
final class CallerContext implements ServerInterceptor {

    private static final Context.Key<Caller> CALLER = Context.key("caller");

    private final AccessControl access;

    CallerContext(AccessControl access) {
        this.access = access;
    }

    /** Who makes the call that this thread is answering. */
    static Caller caller() {
        Caller caller = CALLER.get();
        if (caller == null) {
            throw new IllegalStateException("a call without a caller (expected: the service has the interceptor)");
        }
        return caller;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Context known = Context.current().withValue(CALLER, Callers.of(access, call.getAttributes()));
        return Contexts.interceptCall(known, call, headers, next);
    }
}
