// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.protocol.http.ErrorCode.Reply;
import org.jspecify.annotations.Nullable;

/** How a version of the APIs words its answers (spec 5.1). */
enum Dialect {

    /** Bare text and bare JSON. */
    V1 {
        @Override
        void data(Exchange exchange, Object data) {
            if (data instanceof String text) {
                exchange.text(200, text);
            } else {
                exchange.json(200, data);
            }
        }

        @Override
        void refuse(Exchange exchange, Refusal refusal) {
            exchange.text(refusal.status(), refusal.text());
        }
    },

    /** Versions 2 and 3: all in {@code code, message, data}. */
    WRAPPED {
        @Override
        void data(Exchange exchange, @Nullable Object data) {
            exchange.json(200, Reply.success(data));
        }

        @Override
        void refuse(Exchange exchange, Refusal refusal) {
            exchange.json(refusal.status(), refusal.code().reply(refusal.text()));
        }
    },

    /** What is no naming API. */
    PLAIN {
        @Override
        void data(Exchange exchange, Object data) {
            V1.data(exchange, data);
        }

        @Override
        void refuse(Exchange exchange, Refusal refusal) {
            exchange.json(refusal.status(), PlainError.of(refusal.status(), refusal.text(), exchange.path()));
        }
    };

    /** Answers that all went well. */
    abstract void data(Exchange exchange, Object data);

    /** Answers that nothing was done. */
    abstract void refuse(Exchange exchange, Refusal refusal);
}
