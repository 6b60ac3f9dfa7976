// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.InstanceKey;
import java.io.IOException;
import java.util.Map;

/** An instance as a request says it; nothing is checked yet. Written by its reader only. */
final class InstanceBody {

    String ip = "";
    int port;
    String cluster = InstanceKey.DEFAULT_CLUSTER;
    double weight = 1;
    boolean healthy = true;
    boolean enabled = true;
    Map<String, String> metadata = Map.of();

    static InstanceBody read(JsonReader json) throws IOException {
        InstanceBody body = new InstanceBody();
        json.object(body::field);
        return body;
    }

    private void field(String name, JsonReader json) throws IOException {
        switch (name) {
            case "ip" -> ip = json.text();
            case "port" -> port = json.integer(0);
            case "clusterName" -> cluster = json.text();
            case "weight" -> weight = json.decimal(1);
            case "healthy" -> healthy = json.bool(true);
            case "enabled" -> enabled = json.bool(true);
            case "metadata" -> metadata = json.texts();
            default -> json.skip();
        }
    }
}
