// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.fasterxml.jackson.core.JsonGenerator;
import io.grpc.stub.StreamObserver;
import io.roster.server.core.Ack;
import io.roster.server.core.RegistryException;
import io.roster.server.transport.EncodedMessage;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one answer to a request. What is wrong with what a client wants is said in the answer's own type, which the client
 * takes as final; an ErrorResponse, which it retries and then doubts the connection for, is kept for what is wrong with the
 * request or the connection itself. Thread: any, once.
 */
final class Answer {

    private static final Logger log = LoggerFactory.getLogger(Answer.class);

    private static final int SUCCESS = 200;
    private static final int FAIL = 500;

    private final StreamObserver<Object> call;
    private final String type;

    /**
     * @param type the type of the answer
     */
    Answer(StreamObserver<Object> call, String type) {
        this.call = call;
        this.type = type;
    }

    String type() {
        return type;
    }

    void send(EncodedMessage message) {
        call.onNext(message);
        call.onCompleted();
    }

    /** Says yes, and what else there is to say. */
    void ok(Json.Fields more) {
        send(Payloads.of(type, json -> {
            codes(json, SUCCESS, 0);
            more.write(json);
            json.writeBooleanField("success", true);
        }));
    }

    /** Says what is wrong with what the client wants. */
    void refuse(int errorCode, String message) {
        send(failure(type, FAIL, errorCode, message));
    }

    void refuse(RegistryException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (refusal.code() == RegistryException.Code.UNAVAILABLE) {
            send(error(ErrorCode.of(refusal), message));
        } else {
            refuse(ErrorCode.of(refusal), message);
        }
    }

    /** Answers when the registry has acknowledged or refused. */
    Ack when(EncodedMessage done) {
        return (revision, refusal) -> {
            if (refusal == null) {
                send(done);
            } else {
                refuse(refusal);
            }
        };
    }

    /** Runs what finds the answer; what it throws becomes the answer. */
    void guard(Runnable step) {
        try {
            step.run();
        } catch (RegistryException refusal) {
            refuse(refusal);
        } catch (RuntimeException failure) {
            log.error("a request that is answered with {} failed", type, failure);
            send(error(ErrorCode.SERVER_ERROR, "the server failed; its log says why"));
        }
    }

    /** An answer of no type: something is wrong with the request or the connection. */
    static EncodedMessage error(int errorCode, String message) {
        return failure("ErrorResponse", FAIL, errorCode, message);
    }

    static EncodedMessage failure(String type, int resultCode, int errorCode, String message) {
        return Payloads.of(type, json -> {
            codes(json, resultCode, errorCode);
            json.writeStringField("message", message);
            json.writeBooleanField("success", false);
        });
    }

    private static void codes(JsonGenerator json, int resultCode, int errorCode) throws IOException {
        json.writeNumberField("resultCode", resultCode);
        json.writeNumberField("errorCode", errorCode);
    }
}
