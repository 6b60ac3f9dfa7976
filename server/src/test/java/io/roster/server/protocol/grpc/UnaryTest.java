// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.roster.proto.v1.DeregisterInstanceRequest;
import io.roster.proto.v1.GetServiceRequest;
import io.roster.proto.v1.HeartbeatRequest;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.ListInstancesRequest;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.ListServicesResponse;
import io.roster.proto.v1.RegisterInstanceRequest;
import io.roster.proto.v1.RegisterInstanceResponse;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.ServiceSummary;
import io.roster.proto.v1.Snapshot;
import io.roster.proto.v1.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What scripts and people do by hand. */
class UnaryTest {

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void anInstanceRegisteredByHandLivesByHeartbeats() {
        RegisterInstanceResponse registered = register("orders", instance("10.0.0.1", 80));
        assertThat(registered.getClientId()).isEqualTo("10.0.0.1:80#true");
        assertThat(registered.getRevision()).isEqualTo(1);
        assertThat(registered.getHeartbeatIntervalMs()).isEqualTo(5_000);
        wire.house().advance(14_000);
        assertThat(beat("orders")).isEqualTo(5_000);
        wire.house().advance(14_000);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        wire.house().advance(30_000);
        assertThat(wire.house().list("orders")).isEmpty();
        Refused.by(() -> beat("orders"), Status.Code.NOT_FOUND, "", "register again");
    }

    @Test
    void theIntervalIsTheInstancesOwn() {
        Instance.Builder own = instance("10.0.0.1", 80).putMetadata("preserved.heart.beat.interval", "1000");
        assertThat(register("orders", own).getHeartbeatIntervalMs()).isEqualTo(1_000);
        assertThat(beat("orders")).isEqualTo(1_000);
    }

    @Test
    void whatWasRegisteredCanBeTakenBackOnce() {
        register("orders", instance("10.0.0.1", 80));
        DeregisterInstanceRequest request = DeregisterInstanceRequest.newBuilder()
                .setService(Say.service("orders"))
                .setInstance(key("10.0.0.1", 80))
                .build();
        assertThat(wire.call(RegistryGrpc.getDeregisterInstanceMethod(), request)
                        .getRevision())
                .isEqualTo(2);
        Refused.by(
                () -> wire.call(RegistryGrpc.getDeregisterInstanceMethod(), request),
                Status.Code.NOT_FOUND,
                "",
                "10.0.0.1:80");
    }

    @Test
    void aServiceInFigures() {
        register("orders", instance("10.0.0.1", 80).setHealthy(false));
        register("orders", instance("10.0.0.2", 80).setCluster("east"));
        ServiceSummary summary = wire.call(
                RegistryGrpc.getGetServiceMethod(),
                GetServiceRequest.newBuilder().setService(Say.service("orders")).build());
        assertThat(summary.getInstances()).isEqualTo(2);
        assertThat(summary.getHealthyInstances()).isEqualTo(1);
        assertThat(summary.getRevision()).isEqualTo(2);
        assertThat(summary.getDigest())
                .isEqualTo(wire.house().snapshot("orders").all().digest());
        assertThat(summary.getClustersList())
                .extracting(each -> each.getName() + ' ' + each.getInstances() + ' ' + each.getHealthyInstances())
                .containsExactly("DEFAULT 1 0", "east 1 1");
    }

    @Test
    void aServiceThatNobodyPublishesIsNotFound() {
        Refused.by(
                () -> wire.call(
                        RegistryGrpc.getGetServiceMethod(),
                        GetServiceRequest.newBuilder()
                                .setService(Say.service("orders"))
                                .build()),
                Status.Code.NOT_FOUND,
                "",
                "public/DEFAULT_GROUP/orders");
    }

    @Test
    void servicesAreListedAPageAtATime() {
        for (int i = 0; i < 7; i++) {
            register("s" + i, instance("10.0.0.1", i));
        }
        List<String> names = new ArrayList<>();
        ListServicesRequest.Builder request = ListServicesRequest.newBuilder().setPageSize(3);
        int pages = 0;
        do {
            ListServicesResponse page = wire.call(RegistryGrpc.getListServicesMethod(), request.build());
            page.getServicesList().forEach(each -> names.add(each.getService().getName()));
            request.setPageToken(page.getNextPageToken());
            pages++;
        } while (!request.getPageToken().isEmpty());
        assertThat(names).containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void servicesAreListedByPrefixGroupAndNamespace() {
        register("orders", instance("10.0.0.1", 1));
        register("bills", instance("10.0.0.1", 1));
        register(Say.service("orders").toBuilder().setNamespace("dev").build(), instance("10.0.0.1", 1));
        register(Say.service("orders").toBuilder().setGroup("g").build(), instance("10.0.0.1", 1));
        assertThat(list(ListServicesRequest.newBuilder().setNamePrefix("or")))
                .containsExactly("public/DEFAULT_GROUP/orders", "public/g/orders");
        assertThat(list(ListServicesRequest.newBuilder().setGroup("g"))).containsExactly("public/g/orders");
        assertThat(list(ListServicesRequest.newBuilder().setNamespace("dev")))
                .containsExactly("dev/DEFAULT_GROUP/orders");
        assertThat(list(ListServicesRequest.newBuilder().setNamespace("*"))).hasSize(4);
    }

    @Test
    void theInstancesThatAConsumerSees() {
        register("orders", instance("10.0.0.1", 80).setEnabled(false));
        register("orders", instance("10.0.0.2", 80).setHealthy(false));
        register("orders", instance("10.0.0.3", 80).setCluster("east").setWeight(2.5));
        assertThat(instances(View.getDefaultInstance())).containsExactly("10.0.0.2", "10.0.0.3");
        assertThat(instances(View.newBuilder().setHealthyOnly(true).build())).containsExactly("10.0.0.3");
        assertThat(instances(View.newBuilder().addClusters("DEFAULT").build())).containsExactly("10.0.0.2");
    }

    @Test
    void badRequestsNameTheFieldInTheirDetails() {
        Refused.invalid(() -> register("", instance("10.0.0.1", 80)), "service.name", "a service name");
        Refused.invalid(() -> register("orders", instance("", 80)), "instance.ip", "an IP address");
        Refused.invalid(() -> register("orders", instance("10.0.0.1", 70_000)), "instance.port", "70000");
        Refused.invalid(
                () -> wire.call(
                        RegistryGrpc.getRegisterInstanceMethod(),
                        RegisterInstanceRequest.newBuilder()
                                .setService(Say.service("orders"))
                                .build()),
                "instance",
                "an instance");
        Refused.by(
                () -> register("orders", instance("10.0.0.1", 80).setEphemeral(false)),
                Status.Code.UNIMPLEMENTED,
                "instance.ephemeral",
                "not supported yet");
        Refused.invalid(() -> list(ListServicesRequest.newBuilder().setPageSize(-1)), "page_size", "-1");
        Refused.invalid(() -> list(ListServicesRequest.newBuilder().setPageSize(1_001)), "page_size", "1001");
        Refused.invalid(
                () -> list(ListServicesRequest.newBuilder().setPageToken("x")), "page_token", "next_page_token");
        Refused.invalid(() -> list(ListServicesRequest.newBuilder().setNamespace("a b")), "namespace", "only letters");
        assertThat(wire.house().registry().heldServiceCount()).isZero();
    }

    private RegisterInstanceResponse register(String service, Instance.Builder instance) {
        return register(Say.service(service), instance);
    }

    private RegisterInstanceResponse register(ServiceRef service, Instance.Builder instance) {
        return wire.call(
                RegistryGrpc.getRegisterInstanceMethod(),
                RegisterInstanceRequest.newBuilder()
                        .setService(service)
                        .setInstance(instance)
                        .build());
    }

    private long beat(String service) {
        return wire.call(
                        RegistryGrpc.getHeartbeatMethod(),
                        HeartbeatRequest.newBuilder()
                                .setService(Say.service(service))
                                .setInstance(key("10.0.0.1", 80))
                                .build())
                .getHeartbeatIntervalMs();
    }

    private List<String> list(ListServicesRequest.Builder request) {
        return wire.call(RegistryGrpc.getListServicesMethod(), request.build()).getServicesList().stream()
                .map(ServiceSummary::getService)
                .map(each -> each.getNamespace() + '/' + each.getGroup() + '/' + each.getName())
                .toList();
    }

    private List<String> instances(View view) {
        Snapshot snapshot = wire.call(
                RegistryGrpc.getListInstancesMethod(),
                ListInstancesRequest.newBuilder()
                        .setService(Say.service("orders"))
                        .setView(view)
                        .build());
        return snapshot.getInstancesList().stream().map(Instance::getIp).toList();
    }
}
