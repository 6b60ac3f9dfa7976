// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.roster.proto.nacos.Metadata;
import io.roster.proto.nacos.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What goes over the gRPC wire of Nacos in both directions: the name of a type, and its JSON. */
public final class NacosPayload {

    private static final JsonMapper JSON = new JsonMapper();

    private NacosPayload() {}

    public static Payload of(String type, JsonNode body) {
        try {
            return Payload.newBuilder()
                    .setMetadata(Metadata.newBuilder().setType(type).setClientIp("127.0.0.1"))
                    .setBody(Any.newBuilder().setValue(ByteString.copyFrom(JSON.writeValueAsBytes(body))))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The first words on a stream. */
    public static Payload setup() {
        ObjectNode setup = JSON.createObjectNode().put("clientVersion", "Nacos-Java-Client:v2.5.1");
        setup.putObject("labels").put("source", "sdk").put("module", "naming");
        setup.putObject("abilityTable");
        return of("ConnectionSetupRequest", setup);
    }

    /** The answer of this type to a request that the server has pushed. */
    public static Payload acknowledgement(String type, JsonNode push) {
        return of(
                type,
                JSON.createObjectNode()
                        .put("resultCode", 200)
                        .put("requestId", push.get("requestId").asText()));
    }

    public static JsonNode body(Payload payload) {
        try {
            return JSON.readTree(payload.getBody().getValue().toByteArray());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
