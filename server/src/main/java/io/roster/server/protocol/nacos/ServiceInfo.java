// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.ServiceName;
import io.roster.server.transport.EncodedMessage;
import java.nio.charset.StandardCharsets;

/**
 * A list as this wire writes it. All but a few bytes are shared by everybody who is told it: the rest of the JSON, from
 * behind the clusters that each subscriber must hear as it wrote them. Immutable.
 */
final class ServiceInfo {

    private final ServiceName service;
    private final String pushId;
    private final byte[] rest;
    private final EncodedMessage plainPush;

    /**
     * @param pushId what acknowledgements of this list name; no other list has it
     * @param rest the fields of the list but for its clusters, and the two braces that end it and the message around it
     */
    ServiceInfo(ServiceName service, String pushId, byte[] rest) {
        this.service = service;
        this.pushId = pushId;
        this.rest = rest;
        this.plainPush = push("");
    }

    ServiceName service() {
        return service;
    }

    String pushId() {
        return pushId;
    }

    /** The list as a push to a subscriber that named these clusters. */
    EncodedMessage pushTo(String clusters) {
        return clusters.isEmpty() ? plainPush : push(clusters);
    }

    private EncodedMessage push(String clusters) {
        return message(
                "NotifySubscriberRequest",
                "{\"headers\":{},\"requestId\":\"" + pushId + "\",\"module\":\"naming\",",
                clusters);
    }

    /** The list as the answer to a client that named these clusters. */
    EncodedMessage answer(String type, String clusters) {
        return message(type, "{\"resultCode\":200,\"errorCode\":0,\"message\":\"success\",\"success\":true,", clusters);
    }

    private EncodedMessage message(String type, String start, String clusters) {
        String first = start + "\"serviceInfo\":{\"clusters\":\"" + Json.quoted(clusters) + "\",";
        return Payloads.of(type, first.getBytes(StandardCharsets.UTF_8), rest);
    }
}
