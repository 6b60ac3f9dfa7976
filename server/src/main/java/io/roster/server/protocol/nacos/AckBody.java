// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import java.io.IOException;

/** A client's answer to something the server sent on its stream. Written by its reader only. */
final class AckBody {

    private static final int SUCCESS = 200;

    private String requestId = "";
    private int resultCode = SUCCESS;

    static AckBody read(byte[] utf8) throws IOException {
        AckBody body = new AckBody();
        JsonReader.read(utf8, body::field);
        return body;
    }

    private void field(String name, JsonReader json) throws IOException {
        switch (name) {
            case "requestId" -> requestId = json.text();
            case "resultCode" -> resultCode = json.integer(SUCCESS);
            default -> json.skip();
        }
    }

    String requestId() {
        return requestId;
    }

    boolean isSuccess() {
        return resultCode == SUCCESS;
    }
}
