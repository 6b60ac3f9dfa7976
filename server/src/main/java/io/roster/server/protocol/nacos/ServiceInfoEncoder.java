// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.Instance;
import io.roster.server.core.Listing;
import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import io.roster.server.push.Encoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How this wire writes a list: always whole, once for all who see it through the same view. */
final class ServiceInfoEncoder implements Encoder {

    /** How often clients without a stream would ask again. */
    private static final int CACHE_MILLIS = 10_000;

    private final Supplier<String> pushIds;

    /**
     * @param pushIds makes an id that no other message to any client has
     */
    ServiceInfoEncoder(Supplier<String> pushIds) {
        this.pushIds = pushIds;
    }

    /** The key of a list in the memo of its snapshot. */
    private record ListKey(View view) {}

    @Override
    public ServiceInfo full(ServiceSnapshot snapshot, View view) {
        return snapshot.memo().get(new ListKey(view), () -> encode(snapshot, view));
    }

    /** Nacos clients know only whole lists. */
    @Override
    public @Nullable Object diff(ServiceChange change) {
        return null;
    }

    private ServiceInfo encode(ServiceSnapshot snapshot, View view) {
        byte[] list = Json.object(json -> write(json, snapshot, view));
        byte[] rest = Arrays.copyOfRange(list, 1, list.length + 1);
        rest[rest.length - 1] = '}';
        return new ServiceInfo(snapshot.service(), pushIds.get(), rest);
    }

    private static void write(JsonGenerator json, ServiceSnapshot snapshot, View view) throws IOException {
        Listing listing = snapshot.through(view);
        // Nacos protects only services that an operator has configured; and without protection, unhealthy is unhealthy.
        boolean isProtected = snapshot.protectionThreshold() > 0 && listing.isProtected();
        String fullName = snapshot.service().group() + "@@" + snapshot.service().name();
        json.writeStringField("name", snapshot.service().name());
        json.writeStringField("groupName", snapshot.service().group());
        json.writeNumberField("cacheMillis", CACHE_MILLIS);
        json.writeArrayFieldStart("hosts");
        for (Instance instance : listing.instances()) {
            if (instance.isHealthy() || isProtected || !view.healthyOnly()) {
                write(json, instance, fullName, instance.isHealthy() || isProtected);
            }
        }
        json.writeEndArray();
        json.writeNumberField("lastRefTime", snapshot.publishedAtMs());
        json.writeStringField("checksum", "");
        json.writeBooleanField("allIPs", false);
        json.writeBooleanField("reachProtectionThreshold", isProtected);
        json.writeBooleanField("valid", true);
    }

    private static void write(JsonGenerator json, Instance instance, String fullName, boolean healthy)
            throws IOException {
        String ip = instance.key().ip();
        int port = instance.key().port();
        String cluster = instance.key().cluster();
        Map<String, String> metadata = instance.metadata();
        json.writeStartObject();
        json.writeStringField("instanceId", ip + '#' + port + '#' + cluster + '#' + fullName);
        json.writeStringField("ip", ip);
        json.writeNumberField("port", port);
        json.writeNumberField("weight", instance.weight());
        json.writeBooleanField("healthy", healthy);
        json.writeBooleanField("enabled", instance.isEnabled());
        json.writeBooleanField("ephemeral", true);
        json.writeStringField("clusterName", cluster);
        json.writeStringField("serviceName", fullName);
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        derived(json, metadata);
        json.writeEndObject();
    }

    /** What Nacos's own classes derive from the metadata when they are written. */
    private static void derived(JsonGenerator json, Map<String, String> metadata) throws IOException {
        BeatLimits otherwise = BeatLimits.DEFAULT;
        json.writeNumberField(
                "instanceHeartBeatInterval",
                millis(metadata.get("preserved.heart.beat.interval"), otherwise.intervalMs()));
        json.writeNumberField(
                "instanceHeartBeatTimeOut",
                millis(metadata.get("preserved.heart.beat.timeout"), otherwise.timeoutMs()));
        json.writeNumberField(
                "ipDeleteTimeout", millis(metadata.get("preserved.ip.delete.timeout"), otherwise.deleteMs()));
        String generator = metadata.get("preserved.instance.id.generator");
        if (generator != null || metadata.isEmpty()) {
            json.writeStringField("instanceIdGenerator", generator == null ? "simple" : generator);
        }
    }

    private static long millis(@Nullable String text, long otherwise) {
        boolean isNumber = text != null && text.matches("\\d{1,18}");
        return isNumber ? Long.parseLong(text) : otherwise;
    }
}
