// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

/**
 * A list as one datagram, made once for all who hear it. Read only.
 *
 * @param id what its acknowledgement names
 * @param bytes empty if the list does not fit into a datagram
 */
@SuppressWarnings("ArrayRecordComponent")
record UdpDatagram(long id, byte[] bytes) {

    boolean isTooLarge() {
        return bytes.length == 0;
    }
}
