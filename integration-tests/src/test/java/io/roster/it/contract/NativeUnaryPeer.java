// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.contract;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.DeregisterInstanceRequest;
import io.roster.proto.v1.HeartbeatRequest;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.InstanceKey;
import io.roster.proto.v1.ListInstancesRequest;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.WatchRequest;
import io.roster.server.RosterServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The native unary calls and Watch, through the generated stubs: what a script does. */
final class NativeUnaryPeer implements Peer {

    private final ManagedChannel channel;
    private final RegistryGrpc.RegistryBlockingStub calls;
    private final Beats beats = new Beats();

    NativeUnaryPeer(RosterServer server) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
        calls = RegistryGrpc.newBlockingStub(channel);
    }

    @Override
    public void register(String service, String ip, int port, Map<String, String> metadata) {
        Instance instance = Instance.newBuilder()
                .setIp(ip)
                .setPort(port)
                .putAllMetadata(metadata)
                .build();
        try {
            calls.registerInstance(RegisterInstanceRequest.newBuilder()
                    .setService(ref(service))
                    .setInstance(instance)
                    .build());
        } catch (StatusRuntimeException refused) {
            throw new Refused(String.valueOf(refused.getMessage()));
        }
        HeartbeatRequest beat = HeartbeatRequest.newBuilder()
                .setService(ref(service))
                .setInstance(key(ip, port))
                .build();
        beats.add(service + ip + port, () -> calls.heartbeat(beat));
    }

    @Override
    public void deregister(String service, String ip, int port) {
        beats.remove(service + ip + port);
        calls.deregisterInstance(DeregisterInstanceRequest.newBuilder()
                .setService(ref(service))
                .setInstance(key(ip, port))
                .build());
    }

    @Override
    public Set<String> list(String service) {
        return told(instances(service));
    }

    @Override
    public Map<String, String> metadata(String service, String ip, int port) {
        return instances(service).stream()
                .filter(instance -> instance.getIp().equals(ip) && instance.getPort() == port)
                .findAny()
                .orElseThrow()
                .getMetadataMap();
    }

    private List<Instance> instances(String service) {
        return calls.listInstances(ListInstancesRequest.newBuilder()
                        .setService(ref(service))
                        .build())
                .getInstancesList();
    }

    @Override
    public Watching watch(String service) {
        Map<InstanceKey, Instance> held = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        RegistryGrpc.newStub(channel)
                .watch(WatchRequest.newBuilder().setService(ref(service)).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(ServerMessage message) {
                        synchronized (held) {
                            apply(message, held);
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {}
                });
        return () -> {
            synchronized (held) {
                return told(List.copyOf(held.values()));
            }
        };
    }

    private static void apply(ServerMessage message, Map<InstanceKey, Instance> held) {
        if (message.hasSnapshot()) {
            held.clear();
            message.getSnapshot().getInstancesList().forEach(each -> held.put(keyOf(each), each));
        } else if (message.hasDiff()) {
            message.getDiff().getRemovedList().forEach(held::remove);
            message.getDiff().getUpsertedList().forEach(each -> held.put(keyOf(each), each));
        }
    }

    private static InstanceKey keyOf(Instance instance) {
        return InstanceKey.newBuilder()
                .setIp(instance.getIp())
                .setPort(instance.getPort())
                .setCluster(instance.getCluster())
                .build();
    }

    private static InstanceKey key(String ip, int port) {
        return InstanceKey.newBuilder().setIp(ip).setPort(port).build();
    }

    private static ServiceRef ref(String service) {
        return ServiceRef.newBuilder().setName(service).build();
    }

    private static Set<String> told(List<Instance> instances) {
        return instances.stream()
                .map(instance -> Peer.told(instance.getIp(), instance.getPort(), instance.getHealthy()))
                .collect(Collectors.toSet());
    }

    @Override
    public void die() {
        beats.stop();
        channel.shutdownNow();
    }
}
