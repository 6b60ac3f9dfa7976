// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/** Counts what has come of each call's message that is not whole yet. A call that asks for more than there is ends. */
final class UnfinishedMessages extends ServerStreamTracer.Factory {

    private final InboundBudget budget;

    UnfinishedMessages(InboundBudget budget) {
        this.budget = budget;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new Tracer(budget);
    }

    /** Of one call; all on the loop of its connection. */
    private static final class Tracer extends ServerStreamTracer {

        private final InboundBudget budget;
        private long held;

        Tracer(InboundBudget budget) {
            this.budget = budget;
        }

        /** What is thrown here ends the call, and is told to its client. */
        @Override
        public void inboundWireSize(long bytes) {
            if (!budget.take(bytes, held)) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("max-unfinished-bytes: " + budget.mostBytes() + " reached; try again later")
                        .asRuntimeException();
            }
            held += bytes;
        }

        /** A message is whole. */
        @Override
        public void inboundMessageRead(int number, long wireBytes, long bytes) {
            release();
        }

        @Override
        public void streamClosed(Status status) {
            release();
        }

        private void release() {
            budget.giveBack(held);
            held = 0;
        }
    }
}
