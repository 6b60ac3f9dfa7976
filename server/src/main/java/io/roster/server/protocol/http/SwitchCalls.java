// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.security.AccessControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators may turn while the server runs. Thread: any. */
final class SwitchCalls {

    private final Switches switches;
    private final AccessControl access;

    SwitchCalls(HttpContext context) {
        this.switches = context.switches();
        this.access = context.access();
    }

    /** Refuses what an operator has closed the server to (spec 4.13); the missing blank is Nacos's. */
    void mustServe(Exchange exchange) {
        String status = switches.status();
        boolean reads = exchange.isRead();
        if (status != null
                && !status.equals("UP")
                && !(status.equals("READ_ONLY") && reads)
                && !(status.equals("WRITE_ONLY") && !reads)) {
            throw Refusal.of(503, ErrorCode.SERVER, "server is " + status + "now, please try again later!");
        }
    }

    /** The switches that mean something here, in Nacos's shape (spec 4.16); the others do not exist here. */
    void get(Exchange exchange) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("defaultPushCacheMillis", switches.cacheMs());
        shown.put("clientBeatInterval", switches.beatIntervalMs());
        shown.put("healthCheckEnabled", switches.isHealthChecked());
        shown.put("pushEnabled", switches.pushes());
        shown.put("lightBeatEnabled", switches.lightBeats());
        shown.put("enableStandalone", true);
        shown.put("distroEnabled", false);
        shown.put("enableAuthentication", access.isOn());
        shown.put("defaultInstanceEphemeral", true);
        shown.put("healthCheckWhiteList", List.of());
        shown.put("overriddenServerStatus", switches.status());
        shown.put("name", "00-00---000-NACOS_SWITCH_DOMAIN-000---00-00");
        shown.put("checksum", null);
        exchange.data(shown);
    }

    void put(Exchange exchange) {
        switches.turn(
                exchange.parameters().required("entry"), exchange.parameters().required("value"));
        exchange.ok();
    }
}
