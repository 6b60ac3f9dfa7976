// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.Attributes;
import io.grpc.stub.StreamObserver;
import io.roster.proto.nacos.Payload;
import io.roster.server.security.Caller;
import java.io.IOException;
import java.util.Set;

/**
 * The way of a request from its envelope to the call that answers it. What is wrong is found in the order in which Nacos
 * finds it: clients act on the first thing that is. Thread: any.
 */
final class UnaryCalls {

    /** What only the servers of a cluster say to each other. */
    private static final Set<String> CLUSTER_ONLY =
            Set.of("DistroDataRequest", "MemberReportRequest", "ConfigChangeClusterSyncRequest");

    private final NamingCalls calls;
    private final TokenCheck tokens;

    UnaryCalls(NamingCalls calls, TokenCheck tokens) {
        this.calls = calls;
        this.tokens = tokens;
    }

    void request(Connection connection, Attributes attributes, Payload request, StreamObserver<Object> call) {
        String type = request.getMetadata().getType();
        if (CLUSTER_ONLY.contains(type)) {
            refuse(call, ErrorCode.BAD_GATEWAY, " invoke " + type + " from sdk is forbidden");
            return;
        }
        if (type.equals("ServerCheckRequest")) {
            new Answer(call, "ServerCheckResponse").ok(json -> {
                json.writeStringField("connectionId", connection.id());
                json.writeBooleanField("supportAbilityNegotiation", true);
            });
            return;
        }
        NamingCalls.Call naming = calls.find(type);
        Session session = connection.session();
        if (naming == null) {
            refuse(call, ErrorCode.NO_HANDLER, "RequestHandler Not Found");
        } else if (session == null) {
            refuse(call, ErrorCode.UNREGISTERED, "Connection is unregistered.");
        } else {
            session.onLoop(() ->
                    answer(connection, session, attributes, naming, request, new Answer(call, naming.answerType())));
        }
    }

    private void answer(
            Connection connection,
            Session session,
            Attributes attributes,
            NamingCalls.Call naming,
            Payload request,
            Answer answer) {
        RequestBody body;
        try {
            body = RequestBody.read(request.getBody().getValue().toByteArray());
        } catch (IOException unreadable) {
            answer.send(Answer.error(ErrorCode.BAD_GATEWAY, JsonReader.problem(unreadable)));
            return;
        }
        session.touch();
        answer.guard(() -> {
            Caller caller = tokens.caller(connection, attributes, request);
            calls.check(naming, caller, body, request.getMetadata().getType());
            naming.body().run(session, caller, body, answer);
        });
    }

    private static void refuse(StreamObserver<Object> call, int errorCode, String message) {
        new Answer(call, "").send(Answer.error(errorCode, message));
    }
}
