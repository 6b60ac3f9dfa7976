// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.roster.server.core.Ack;
import io.roster.server.core.RegistryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How unary calls are answered. Thread: any. */
final class Unary {

    private static final Logger log = LoggerFactory.getLogger(Unary.class);

    private Unary() {}

    static <T> void answer(StreamObserver<T> call, T message) {
        call.onNext(message);
        call.onCompleted();
    }

    /** Answers when the registry has acknowledged or refused. */
    static Ack answering(StreamObserver<Object> call, LongFunction<Message> message) {
        return (revision, refusal) -> {
            if (refusal == null) {
                answer(call, message.apply(revision));
            } else {
                call.onError(Refusals.status(refusal));
            }
        };
    }

    /** Answers when a question to the loops has been answered. */
    static <T, M> void answerWhen(StreamObserver<M> call, CompletableFuture<T> question, Function<T, M> message) {
        CompletableFuture<?> unused = question.whenComplete((value, failure) -> guard(call, () -> {
            if (failure != null) {
                throw new CompletionException(failure);
            }
            answer(call, message.apply(value));
        }));
    }

    /** Runs a call; whatever it throws becomes the call's status. */
    static void guard(StreamObserver<?> call, Runnable body) {
        try {
            body.run();
        } catch (RegistryException refusal) {
            call.onError(Refusals.status(refusal));
        } catch (RuntimeException failure) {
            log.error("a call failed", failure);
            call.onError(Refusals.status(
                    RegistryException.of(RegistryException.Code.INTERNAL, "the server failed; its log says why")));
        }
    }

    /** Checks a part of a request; a refusal names the field from further out. */
    static <T> T within(String path, Supplier<T> check) {
        try {
            return check.get();
        } catch (RegistryException refusal) {
            throw refusal.within(path);
        }
    }
}
