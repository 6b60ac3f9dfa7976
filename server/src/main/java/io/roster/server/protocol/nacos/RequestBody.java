// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, whatever its type: the fields of all of them have one meaning each. Nothing is checked yet. Written
 * by its reader only.
 */
final class RequestBody {

    String namespace = "";
    String group = "";
    String service = "";
    String type = "";

    @Nullable
    InstanceBody instance;

    List<InstanceBody> instances = List.of();

    /** The clusters wanted, with commas between them. */
    String clusters = "";

    boolean healthyOnly;
    boolean subscribe;
    int pageNo = 1;
    int pageSize;
    String pattern = "";
    List<String> receivedKeys = List.of();
    String watchType = "";
    boolean initializing;

    static RequestBody read(byte[] utf8) throws IOException {
        RequestBody body = new RequestBody();
        JsonReader.read(utf8, body::field);
        return body;
    }

    private void field(String name, JsonReader json) throws IOException {
        switch (name) {
            case "namespace" -> namespace = json.text();
            case "groupName" -> group = json.text();
            case "serviceName" -> service = json.text();
            case "type" -> type = json.text();
            case "instance" -> instance = json.isNull() ? null : InstanceBody.read(json);
            case "instances" -> instances = instances(json);
            case "cluster", "clusters" -> clusters = json.text();
            case "healthyOnly" -> healthyOnly = json.bool(false);
            case "subscribe" -> subscribe = json.bool(false);
            case "pageNo" -> pageNo = json.integer(1);
            case "pageSize" -> pageSize = json.integer(0);
            case "groupKeyPattern" -> pattern = json.text();
            case "receivedGroupKeys" -> receivedKeys = texts(json);
            case "watchType" -> watchType = json.text();
            case "initializing" -> initializing = json.bool(false);
            default -> json.skip();
        }
    }

    private static List<InstanceBody> instances(JsonReader json) throws IOException {
        List<InstanceBody> instances = new ArrayList<>();
        json.array(element -> instances.add(InstanceBody.read(element)));
        return instances;
    }

    private static List<String> texts(JsonReader json) throws IOException {
        List<String> texts = new ArrayList<>();
        json.array(element -> texts.add(element.text()));
        return texts;
    }
}
