// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.roster.server.core.ClaimView;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Metadata that operators lay over many instances at once (spec 4.6). Thread: any. */
final class MetadataCalls {

    private static final TypeReference<List<@Nullable Target>> TARGETS = new TypeReference<>() {};

    private final HttpContext context;
    private final FormReader reader;

    MetadataCalls(HttpContext context) {
        this.context = context;
        this.reader = context.reader();
    }

    /** One of the instances meant. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Target(@Nullable String ip, int port, @Nullable String clusterName) {}

    private record Updated(List<String> updated) {}

    /** What becomes of the operator's metadata of one instance. */
    @FunctionalInterface
    private interface Edit {
        void apply(Map<String, String> metadata, Map<String, String> said);
    }

    void put(Exchange exchange) {
        edit(exchange, Map::putAll);
    }

    void delete(Exchange exchange) {
        edit(exchange, (metadata, said) -> metadata.keySet().removeAll(said.keySet()));
    }

    private void edit(Exchange exchange, Edit edit) {
        Parameters parameters = exchange.parameters();
        ServiceName service = reader.service(parameters);
        Map<String, String> said = reader.metadata(parameters.required("metadata"));
        String json = parameters.find("instances");
        Set<InstanceKey> meant = json == null ? null : targets(json);
        exchange.answerWhen(
                context.registry().claims(service).thenCompose(claims -> edit(service, claims, meant, edit, said)),
                updated -> exchange.data(new Updated(updated)));
    }

    private CompletableFuture<List<String>> edit(
            ServiceName service,
            List<ClaimView> claims,
            @Nullable Set<InstanceKey> meant,
            Edit edit,
            Map<String, String> said) {
        List<String> updated = new ArrayList<>();
        List<CompletableFuture<?>> changes = new ArrayList<>();
        for (ClaimView claim : claims) {
            InstanceKey key = claim.registration().instance().key();
            if (claim.isNewest() && (meant == null || meant.contains(key))) {
                InstanceOverride former = claim.override();
                Map<String, String> had = former == null ? null : former.metadata();
                Map<String, String> metadata = new HashMap<>(had == null ? Map.of() : had);
                edit.apply(metadata, said);
                changes.add(override(service, key, reader.limits().metadata(metadata)));
                updated.add(key.ip() + ':' + key.port() + ":unknown:" + key.cluster() + ":ephemeral");
            }
        }
        return CompletableFuture.allOf(changes.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> updated);
    }

    private CompletableFuture<Boolean> override(ServiceName service, InstanceKey key, Map<String, String> metadata) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        context.registry().override(service, key, new InstanceOverride(null, null, metadata), (revision, refusal) -> {
            if (refusal == null) {
                done.complete(true);
            } else {
                done.completeExceptionally(refusal);
            }
        });
        return done;
    }

    private Set<InstanceKey> targets(String json) {
        try {
            Set<InstanceKey> keys = new HashSet<>();
            for (Target target : Json.read(json, TARGETS)) {
                if (target == null || target.ip() == null) {
                    throw Refusal.illegal("instances", "each should have an ip and a port.");
                }
                String cluster = target.clusterName();
                keys.add(reader.key(target.ip(), target.port(), cluster == null ? "" : cluster));
            }
            return keys;
        } catch (JsonProcessingException unreadable) {
            throw Refusal.illegal("instances", "it should be a JSON array of instances.");
        } catch (RegistryException refusal) {
            throw Refusal.of(refusal);
        }
    }
}
