// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.AuthGrpc;
import io.roster.proto.v1.LoginRequest;
import io.roster.proto.v1.LoginResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client shows to say who it is, and for how long. */
final class LoggingInTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Stage stage = new Stage();
    private final List<String> shown = new ArrayList<>();
    private final List<String> logins = new ArrayList<>();
    private final FakeServer fake = new FakeServer();
    private long lifetimeMs = 10_000;
    private boolean isRefusing;

    LoggingInTest() {
        ServerInterceptor noting = new ServerInterceptor() {
            @Override
            public <Q, R> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                shown.add(call.getMethodDescriptor().getBareMethodName() + " " + headers.get(AUTHORIZATION));
                return next.startCall(call, headers);
            }
        };
        stage.start("a:1", ServerInterceptors.intercept(fake, noting), new Doors().bindService());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** Gives a token, numbered, unless told to refuse. */
    private final class Doors extends AuthGrpc.AuthImplBase {
        @Override
        public void login(LoginRequest request, StreamObserver<LoginResponse> call) {
            logins.add(request.getUser() + "/" + request.getPassword());
            if (isRefusing) {
                call.onError(Status.UNAUTHENTICATED
                        .withDescription("unknown user or wrong password")
                        .asException());
                return;
            }
            call.onNext(LoginResponse.newBuilder()
                    .setAccessToken(lifetimeMs == 0 ? "" : "token-" + logins.size())
                    .setExpiresInMs(lifetimeMs)
                    .build());
            call.onCompleted();
        }
    }

    private RosterClient alice() {
        return stage.client(builder -> builder.credentials("alice", "secret"), "a:1");
    }

    @Test
    void whoSaysNothingShowsNothing() {
        stage.client("a:1");
        assertThat(shown).containsExactly("Connect null");
        assertThat(logins).isEmpty();
    }

    @Test
    void aTokenIsShownWithEachCall() {
        RosterClient client = stage.client(builder -> builder.token("own"), "a:1");
        var unused = client.getServicesAsync("");
        stage.run();
        assertThat(shown).containsExactly("Connect Bearer own", "ListServices Bearer own");
        assertThat(logins).isEmpty();
    }

    @Test
    void aUserLogsInBeforeTheStreamOpens() {
        alice();
        assertThat(logins).containsExactly("alice/secret");
        assertThat(shown).containsExactly("Connect Bearer token-1");
    }

    @Test
    void theTokenIsRenewedBeforeItExpiresAndTheStreamGoesOn() {
        RosterClient client = alice();
        stage.advance(7_999);
        assertThat(logins).hasSize(1);
        stage.advance(1);
        assertThat(logins).hasSize(2);
        var unused = client.getServicesAsync("");
        stage.run();
        assertThat(shown).containsExactly("Connect Bearer token-1", "ListServices Bearer token-2");
    }

    @Test
    void aRenewalThatFailsIsTriedAgainAndBreaksNothing() {
        RosterClient client = alice();
        isRefusing = true;
        stage.advance(8_000 + ClientSettings.LOGIN_RETRY_MS);
        assertThat(logins).hasSize(3);
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
        isRefusing = false;
        stage.advance(ClientSettings.LOGIN_RETRY_MS);
        assertThat(logins).hasSize(4);
    }

    @Test
    void aRefusedLoginIsToldWithoutThePasswordAndTriedAgain() {
        isRefusing = true;
        RosterClient client = alice();
        assertThat(client.serverStatus().toString())
                .contains("login of user alice refused: UNAUTHENTICATED unknown user or wrong password")
                .doesNotContain("secret");
        assertThat(shown).isEmpty();
        isRefusing = false;
        stage.advanceToReconnect();
        assertThat(client.serverStatus().state()).isEqualTo(ServerStatus.State.CONNECTED);
    }

    @Test
    void aServerThatAsksNobodyIsShownNothing() {
        lifetimeMs = 0;
        alice();
        assertThat(shown).containsExactly("Connect null");
        stage.advance(60_000);
        assertThat(logins).hasSize(1);
    }

    @Test
    void aClosedClientLogsInNoMore() {
        RosterClient client = alice();
        var unused = client.leave();
        stage.run();
        stage.advance(60_000);
        assertThat(logins).hasSize(1);
    }
}
