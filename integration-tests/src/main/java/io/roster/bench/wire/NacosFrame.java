// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import java.nio.charset.StandardCharsets;

/** The few bytes of the Nacos wire's messages that the harness reads without making objects. */
public final class NacosFrame {

    private static final byte[] DONE = "\"resultCode\":200".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REQUEST_ID = "\"requestId\":\"".getBytes(StandardCharsets.UTF_8);

    private static final byte[] SERVICE_NAME = "\"serviceName\":\"".getBytes(StandardCharsets.UTF_8);

    /** What a message's type is looked for in: it stands at the beginning. */
    private static final int HEAD_BYTES = 160;

    /** In what the harness sends, the metadata stands first, and in it the type: two tags and lengths of a byte each. */
    private static final int TYPE_LENGTH = 3;

    private NacosFrame() {}

    /** What a request of the harness is: a hash of its type. */
    public static int kindOf(byte[] request) {
        int hash = 1;
        for (int at = TYPE_LENGTH + 1; at <= TYPE_LENGTH + request[TYPE_LENGTH]; at++) {
            hash = 31 * hash + request[at];
        }
        return hash;
    }

    /** The service that a request is about: where its name begins and ends. */
    public static int[] serviceOf(byte[] request) {
        int start = indexOf(request, SERVICE_NAME, request.length) + SERVICE_NAME.length;
        int end = start;
        while (end < request.length && request[end] != '"') {
            end++;
        }
        return new int[] {start, end};
    }

    /** Whether a message is of a type. */
    static boolean is(byte[] message, byte[] type) {
        return indexOf(message, type, HEAD_BYTES) >= 0;
    }

    static boolean isDone(byte[] reply) {
        return contains(reply, DONE);
    }

    /** The id that a push wants to be answered with; empty if it wants no answer. */
    static String requestId(byte[] push) {
        int at = indexOf(push, REQUEST_ID, push.length);
        if (at < 0) {
            return "";
        }
        int start = at + REQUEST_ID.length;
        int end = start;
        while (end < push.length && push[end] != '"') {
            end++;
        }
        return new String(push, start, end - start, StandardCharsets.UTF_8);
    }

    /** Whether a message has these bytes anywhere. */
    public static boolean contains(byte[] message, byte[] wanted) {
        return indexOf(message, wanted, message.length) >= 0;
    }

    private static int indexOf(byte[] message, byte[] wanted, int limit) {
        int last = Math.min(message.length, limit) - wanted.length;
        for (int at = 0; at <= last; at++) {
            int matched = 0;
            while (matched < wanted.length && message[at + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
