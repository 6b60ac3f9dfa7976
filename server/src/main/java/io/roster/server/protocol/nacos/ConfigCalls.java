// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static java.util.Map.entry;

import java.util.Map;

/**
 * What this server says to those who look for configuration, which it does not keep. Some programs, such as Dubbo, ask any
 * Nacos address for it; told that nobody handles such requests, their clients doubt the connection and ask again several
 * times a second for ever. An answer of the request's own type is final.
 */
final class ConfigCalls {

    /** Nacos's code for a configuration that is not there. */
    private static final int CONFIG_NOT_FOUND = 300;

    private static final String NOT_KEPT = "configuration is not kept by this server";

    private ConfigCalls() {}

    static final Map<String, NamingCalls.Call> ALL = Map.ofEntries(
            refused("ConfigQueryRequest", "ConfigQueryResponse", CONFIG_NOT_FOUND),
            refused("ConfigPublishRequest", "ConfigPublishResponse", ErrorCode.NOT_IMPLEMENTED),
            refused("ConfigRemoveRequest", "ConfigRemoveResponse", ErrorCode.NOT_IMPLEMENTED),
            entry(
                    "ConfigBatchListenRequest",
                    new NamingCalls.Call(
                            "ConfigChangeBatchListenResponse",
                            NamingCalls.Need.READ_SOMETHING,
                            (session, caller, request, answer) -> answer.ok(json -> {
                                json.writeArrayFieldStart("changedConfigs");
                                json.writeEndArray();
                            }))));

    private static Map.Entry<String, NamingCalls.Call> refused(String type, String answerType, int errorCode) {
        return entry(
                type,
                new NamingCalls.Call(
                        answerType,
                        NamingCalls.Need.READ_SOMETHING,
                        (session, caller, request, answer) -> answer.refuse(errorCode, NOT_KEPT)));
    }
}
