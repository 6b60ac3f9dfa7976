// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

/**
 * The few bytes of the native wire's messages that the harness reads without making objects. Both sides of a measurement
 * rely on it, so that the client costs the same whoever answers.
 */
public final class NativeFrame {

    /** First byte of a ServerMessage that is a Reply: field 2, length-delimited. */
    public static final byte REPLY = 0x12;

    /** First byte of a ServerMessage that is a Snapshot: field 3. */
    public static final byte SNAPSHOT = 0x1a;

    /** First byte of a ServerMessage that is a Diff: field 4. */
    public static final byte DIFF = 0x22;

    /** Where the slot stands in a request: behind the tag of the request id. */
    static final int REQUEST_SLOT = 1;

    /** Where a request says what it is. */
    private static final int REQUEST_KIND = 2;

    private static final byte REGISTER = 0x1a;
    private static final byte SUBSCRIBE = 0x32;

    private NativeFrame() {}

    /** The slot of a request. */
    public static int slotOfRequest(byte[] request) {
        return request[REQUEST_SLOT];
    }

    /** What a request is: the tag of its body. */
    public static byte kindOf(byte[] request) {
        return request[REQUEST_KIND];
    }

    public static boolean isRegister(byte[] request) {
        return kindOf(request) == REGISTER;
    }

    public static boolean isSubscribe(byte[] request) {
        return kindOf(request) == SUBSCRIBE;
    }

    /** Where a message's slot stands, if it is a Reply; else 0. */
    public static int slotPosition(byte[] message) {
        if (message[0] != REPLY) {
            return 0;
        }
        int at = 1;
        while (message[at] < 0) {
            at++;
        }
        return at + 2;
    }

    /** The code of a Reply. */
    static int codeOf(byte[] reply) {
        int at = slotPosition(reply) + 1;
        return at < reply.length && reply[at] == 0x10 ? reply[at + 1] : 0;
    }

    /** Where a register or subscribe request's service reference begins and ends. */
    public static int[] serviceOf(byte[] request) {
        int at = REQUEST_KIND + 1;
        while (request[at] < 0) {
            at++;
        }
        at += 2;
        int length = request[at] & 0x7f;
        if (request[at] < 0) {
            at++;
            length |= request[at] << 7;
        }
        return new int[] {at + 1, at + 1 + length};
    }
}
