// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.client.ClientInfo;
import io.roster.server.transport.Peer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What a client says of itself when it sets its connection up. Written by its reader only. */
final class SetupBody {

    private static final int MAX_LABELS = 32;
    private static final int LABEL_LENGTH = 128;

    private String sdk = "";
    private Map<String, String> labels = Map.of();
    private boolean negotiates;

    static SetupBody read(byte[] utf8) throws IOException {
        SetupBody body = new SetupBody();
        JsonReader.read(utf8, body::field);
        return body;
    }

    private void field(String name, JsonReader json) throws IOException {
        switch (name) {
            case "clientVersion" -> sdk = json.text();
            case "labels" -> labels = json.texts();
            case "abilityTable" -> {
                negotiates = !json.isNull();
                json.skip();
            }
            default -> json.skip();
        }
    }

    /** Whether the client waits to be told what the server can do; those before 2.4 do not. */
    boolean negotiates() {
        return negotiates;
    }

    /** The client for people to read: what is too long is cut, what is too much is left out. */
    ClientInfo info(Peer peer) {
        Map<String, String> shown = new HashMap<>();
        labels.entrySet().stream()
                .limit(MAX_LABELS)
                .forEach(label -> shown.put(printable(label.getKey()), printable(label.getValue())));
        return new ClientInfo(
                "nacos",
                peer.address(),
                shown.getOrDefault("AppName", ""),
                printable(sdk),
                shown,
                System.currentTimeMillis());
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .limit(LABEL_LENGTH)
                .forEach(point -> shown.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return shown.toString();
    }
}
