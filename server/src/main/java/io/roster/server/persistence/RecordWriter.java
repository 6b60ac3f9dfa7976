// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import io.roster.proto.storage.v1.Record;
import io.roster.proto.storage.v1.StoredClaim;
import io.roster.proto.storage.v1.StoredClient;
import io.roster.proto.storage.v1.StoredKey;
import io.roster.proto.storage.v1.StoredMetadata;
import io.roster.proto.storage.v1.StoredOverride;
import io.roster.proto.storage.v1.StoredService;
import io.roster.proto.storage.v1.StoredSettings;
import io.roster.server.client.Client;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.Registration;
import io.roster.server.core.ServiceRecord;
import io.roster.server.core.ServiceSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes records of a state: the clients that publish something, then the services. One at a time, as they are asked for. */
final class RecordWriter {

    /** Claims in one record; keeps records small whatever a service is. */
    static final int CLAIMS = 1_000;

    private final Map<Client, Integer> indices = new HashMap<>();
    private final List<Client> clients = new ArrayList<>();

    private RecordWriter(List<ServiceRecord> services) {
        for (ServiceRecord service : services) {
            for (Registration claim : service.claims()) {
                if (indices.putIfAbsent(claim.publisher(), clients.size()) == null) {
                    clients.add(claim.publisher());
                }
            }
        }
    }

    static Iterator<Record> records(List<ServiceRecord> services) {
        RecordWriter writer = new RecordWriter(services);
        return Stream.concat(
                        IntStream.range(0, writer.clients.size()).mapToObj(writer::client),
                        services.stream().flatMap(writer::parts))
                .iterator();
    }

    private Record client(int index) {
        Client client = clients.get(index);
        ClientInfo info = client.info();
        StoredClient.Builder stored = StoredClient.newBuilder()
                .setIndex(index)
                .setKind(StoredClient.Kind.IP_PORT)
                .setClientId(client.id())
                .setWire(info.wire())
                .setAddress(info.address())
                .setApp(info.app())
                .setSdk(info.sdk())
                .putAllLabels(info.labels())
                .setConnectedAtMs(info.connectedAtMs());
        if (client instanceof ConnectionBasedClient stream) {
            stored.setKind(StoredClient.Kind.CONNECTION).setGraceMs(stream.graceMs());
            if (stream.session() != null) {
                stored.setSessionSha256(stream.session().hex());
            }
        }
        return Record.newBuilder().setClient(stored).build();
    }

    private Stream<Record> parts(ServiceRecord service) {
        int parts = Math.max(1, (service.claims().size() + CLAIMS - 1) / CLAIMS);
        return IntStream.range(0, parts).mapToObj(part -> part(service, part));
    }

    private Record part(ServiceRecord service, int part) {
        StoredService.Builder stored = StoredService.newBuilder()
                .setNamespace(service.name().namespace())
                .setGroup(service.name().group())
                .setName(service.name().name());
        if (part == 0) {
            if (!service.settings().equals(ServiceSettings.DEFAULT)) {
                stored.setSettings(settings(service.settings()));
            }
            service.overrides().forEach((key, override) -> stored.addOverrides(override(key, override)));
        }
        int from = part * CLAIMS;
        int until = Math.min(from + CLAIMS, service.claims().size());
        service.claims().subList(from, until).forEach(claim -> stored.addClaims(claim(claim)));
        return Record.newBuilder().setService(stored).build();
    }

    private static StoredSettings settings(ServiceSettings settings) {
        StoredSettings.Builder stored = StoredSettings.newBuilder()
                .setProtectionThreshold(settings.protectionThreshold())
                .setHealthChecked(settings.healthChecked());
        Map<String, String> declared = settings.declared();
        if (declared != null) {
            stored.setDeclared(metadata(declared));
        }
        return stored.build();
    }

    private StoredClaim claim(Registration claim) {
        Instance instance = claim.instance();
        return StoredClaim.newBuilder()
                .setClient(indices.getOrDefault(claim.publisher(), 0))
                .setKey(key(instance.key()))
                .setWeight(instance.weight())
                .setEnabled(instance.isEnabled())
                .setHealthy(instance.isHealthy())
                .putAllMetadata(instance.metadata())
                .build();
    }

    private static StoredOverride override(InstanceKey key, InstanceOverride override) {
        StoredOverride.Builder stored = StoredOverride.newBuilder().setKey(key(key));
        Boolean enabled = override.enabled();
        Double weight = override.weight();
        Map<String, String> metadata = override.metadata();
        if (enabled != null) {
            stored.setEnabled(enabled);
        }
        if (weight != null) {
            stored.setWeight(weight);
        }
        if (metadata != null) {
            stored.setMetadata(metadata(metadata));
        }
        return stored.build();
    }

    private static StoredMetadata metadata(Map<String, String> metadata) {
        return StoredMetadata.newBuilder().putAllEntries(metadata).build();
    }

    private static StoredKey key(InstanceKey key) {
        return StoredKey.newBuilder()
                .setIp(key.ip())
                .setPort(key.port())
                .setCluster(key.cluster())
                .build();
    }
}
