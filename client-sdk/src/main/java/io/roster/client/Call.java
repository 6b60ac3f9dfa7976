// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.proto.v1.Reply;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One operation that waits for the registry's answer. It is sent on the session in use and, unanswered, again on the
 * next one, so sending it twice must have the effect of sending it once. All methods run on the loop.
 */
abstract class Call<T> {
    private final String what;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /**
     * @param what the operation and what it speaks of, for messages
     */
    Call(String what) {
        this.what = what;
    }

    /** Notes the intent, once, before the call is first sent. May answer already. */
    void begin() {}

    abstract void sendOn(Session session);

    /** Notes that the registry has done it, also if the caller has given up meanwhile, and says what to answer. */
    abstract @Nullable T accepted(Reply reply);

    /** Takes back what {@link #begin} noted. Not called after {@link #accepted}. */
    void failed() {}

    /** Whether a refusal with this code means that all is as the caller wants it. */
    boolean isAsWanted(Reply.Code code) {
        return code == Reply.Code.OK;
    }

    final String what() {
        return what;
    }

    /** Completed on the loop: for the client's own use, never for its callers'. */
    final CompletableFuture<T> answer() {
        return answer;
    }

    final void onReply(Reply reply) {
        if (isAsWanted(reply.getCode())) {
            answer.complete(accepted(reply));
        } else if (reply.getCode() != Reply.Code.UNAVAILABLE) {
            fail(Wire.exception(what, reply));
        }
        // A server that is stopping says UNAVAILABLE; the call is sent again on the next session.
    }

    final void fail(RosterException failure) {
        if (!answer.isDone()) {
            failed();
            answer.completeExceptionally(failure);
        }
    }
}
