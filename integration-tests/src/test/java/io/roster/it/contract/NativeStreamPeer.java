// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import io.roster.client.Instance;
import io.roster.client.RosterClient;
import io.roster.client.RosterException;
import io.roster.server.RosterServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The native stream, through the SDK. */
final class NativeStreamPeer implements Peer {

    private final RosterClient client;

    NativeStreamPeer(RosterServer server) {
        client = RosterClient.builder()
                .servers("127.0.0.1:" + server.grpcPort())
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    @Override
    public void register(String service, String ip, int port, Map<String, String> metadata) {
        try {
            client.registerInstance(
                    service, Instance.builder(ip, port).metadata(metadata).build());
        } catch (RosterException | IllegalArgumentException refused) {
            throw new Refused(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void deregister(String service, String ip, int port) {
        client.deregisterInstance(service, ip, port);
    }

    @Override
    public Set<String> list(String service) {
        return told(client.getAllInstances(service));
    }

    @Override
    public Map<String, String> metadata(String service, String ip, int port) {
        return client.getAllInstances(service).stream()
                .filter(instance -> instance.ip().equals(ip) && instance.port() == port)
                .findAny()
                .orElseThrow()
                .metadata();
    }

    @Override
    public Watching watch(String service) {
        Map<String, Set<String>> latest = new ConcurrentHashMap<>();
        client.subscribe(service, event -> latest.put(service, told(event.instances())));
        return () -> latest.getOrDefault(service, Set.of());
    }

    private static Set<String> told(List<Instance> instances) {
        return instances.stream()
                .map(instance -> Peer.told(instance.ip(), instance.port(), instance.healthy()))
                .collect(Collectors.toSet());
    }

    @Override
    public void die() {
        client.close();
    }
}
