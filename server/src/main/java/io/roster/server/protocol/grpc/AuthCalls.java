// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.AuthGrpc;
import io.roster.proto.v1.LoginRequest;
import io.roster.proto.v1.LoginResponse;
import io.roster.server.core.RegistryException;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Logins;
import java.util.concurrent.CompletionException;

/** Logs users in. A password is checked on a thread for that, never on the loop that brought it. Thread: any. */
final class AuthCalls extends AuthGrpc.AuthImplBase {

    private final AccessControl access;

    AuthCalls(AccessControl access) {
        this.access = access;
    }

    @Override
    public void login(LoginRequest request, StreamObserver<LoginResponse> call) {
        Logins logins = access.logins();
        if (logins == null) {
            Unary.answer(call, LoginResponse.getDefaultInstance());
            return;
        }
        String from = CallerContext.caller().from();
        String host = from.substring(0, Math.max(0, from.lastIndexOf(':')));
        var unused = logins.login(request.getUser(), request.getPassword(), host)
                .whenComplete((login, failure) -> Unary.guard(call, () -> {
                    if (failure instanceof CompletionException wrapped
                            && wrapped.getCause() instanceof RegistryException refusal) {
                        throw refusal;
                    }
                    if (failure != null) {
                        throw new CompletionException(failure);
                    }
                    Unary.answer(
                            call,
                            LoginResponse.newBuilder()
                                    .setAccessToken(login.token())
                                    .setExpiresInMs(login.lifetimeMs())
                                    .build());
                }));
    }
}
