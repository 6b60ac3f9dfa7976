// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Registration;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Heartbeats over HTTP (spec 4.10). Thread: any. */
final class BeatCalls {

    private static final int HEARD = 10_200;
    private static final int UNKNOWN = 20_404;
    private static final TypeReference<Beat> BEAT = new TypeReference<>() {};

    private final HttpContext context;
    private final FormReader reader;
    private final InstanceCalls instances;
    private final Addresses addresses;

    BeatCalls(HttpContext context, InstanceCalls instances) {
        this.context = context;
        this.reader = context.reader();
        this.instances = instances;
        this.addresses = new Addresses(context.clients());
    }

    /** All of an instance that a beat may say; what is missing has the defaults of a registration. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Beat(
            @Nullable String ip,
            @Nullable Integer port,
            @Nullable String cluster,
            @Nullable Double weight,
            @Nullable Map<String, @Nullable String> metadata,
            @Nullable Boolean ephemeral) {}

    /** What a beat is answered with. */
    private record Heard(long clientBeatInterval, int code, boolean lightBeatEnabled) {}

    /** Versions 1 and 2: an unknown instance is registered if the beat says all of it, else the client must. */
    void beat(Exchange exchange) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        String json = parameters.find("beat");
        Instance full = json == null ? null : instance(parameters, read(json));
        InstanceKey key = full == null ? reader.key(parameters) : full.key();
        beat(exchange, service, key, full, known -> answer(exchange, service, key, known));
    }

    /** Version 3: {@code heartBeat=true} on a registration. */
    void beatOfForm(Exchange exchange) {
        ServiceName service = reader.service(exchange.parameters());
        InstanceKey key = reader.key(exchange.parameters());
        beat(exchange, service, key, null, known -> {
            if (known) {
                exchange.ok();
            } else {
                exchange.json(200, ErrorCode.INSTANCE_NOT_FOUND.reply(null));
            }
        });
    }

    /** Is told whether the instance is registered now. */
    @FunctionalInterface
    private interface Outcome {
        void heard(boolean known);
    }

    private void beat(
            Exchange exchange, ServiceName service, InstanceKey key, @Nullable Instance full, Outcome outcome) {
        Registration claim = addresses.claimed(service, key);
        if (claim == null) {
            introduce(exchange, service, full, outcome);
        } else if (!claim.instance().isHealthy()) {
            // It said of itself that it cannot serve; in Nacos a beat takes that back.
            Instance healthy = claim.instance().withHealthy(true);
            instances.register(exchange, service, healthy, () -> outcome.heard(true));
        } else {
            context.registry().beat(service, Addresses.claim(key), (revision, refusal) -> {
                if (refusal != null && refusal.code() == RegistryException.Code.NOT_FOUND) {
                    exchange.later(() -> introduce(exchange, service, full, outcome));
                } else {
                    exchange.acking(() -> outcome.heard(true)).done(revision, refusal);
                }
            });
        }
    }

    private void introduce(Exchange exchange, ServiceName service, @Nullable Instance full, Outcome outcome) {
        if (full == null) {
            outcome.heard(false);
        } else {
            instances.register(exchange, service, full, () -> outcome.heard(true));
        }
    }

    private void answer(Exchange exchange, ServiceName service, InstanceKey key, boolean known) {
        Registration claim = known ? addresses.claimed(service, key) : null;
        long serverWide = context.switches().beatIntervalMs();
        long intervalMs = claim == null ? serverWide : claim.limits().intervalMs();
        boolean ownInterval = intervalMs != reader.limits().beats().intervalMs();
        exchange.json(
                200,
                new Heard(
                        ownInterval ? intervalMs : serverWide,
                        known ? HEARD : UNKNOWN,
                        context.switches().lightBeats()));
    }

    private static Beat read(String json) {
        try {
            return Json.read(json, BEAT);
        } catch (JsonProcessingException unreadable) {
            throw Refusal.illegal("beat", "it should be a JSON object.");
        }
    }

    private Instance instance(Parameters parameters, Beat beat) {
        FormReader.persistentIsRefused(beat.ephemeral() == null || beat.ephemeral());
        Map<String, String> metadata = new HashMap<>();
        if (beat.metadata() != null) {
            beat.metadata().forEach((name, value) -> metadata.put(name, value == null ? "" : value));
        }
        return reader.limits().instance(key(parameters, beat), weight(beat), true, true, metadata);
    }

    private InstanceKey key(Parameters parameters, Beat beat) {
        String ip = beat.ip() == null || beat.ip().isBlank() ? parameters.required("ip") : beat.ip();
        Integer said = beat.port();
        int port = said == null ? parameters.number("port", 0, 0, 65_535) : said;
        if (port < 0 || port > 65_535) {
            throw Refusal.illegal("port", "the value should be between 0 and 65535.");
        }
        String cluster = beat.cluster() == null ? parameters.text("clusterName", "") : beat.cluster();
        return reader.key(ip, port, cluster);
    }

    private static double weight(Beat beat) {
        return beat.weight() == null ? 1 : FormReader.weight(beat.weight());
    }
}
