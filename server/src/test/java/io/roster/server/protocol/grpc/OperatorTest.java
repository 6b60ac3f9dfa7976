// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.proto.v1.ClientKind.CONNECTION;
import static io.roster.proto.v1.ClientKind.IP_PORT;
import static io.roster.server.protocol.grpc.Say.instance;
import static io.roster.server.protocol.grpc.Say.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.roster.proto.v1.Claim;
import io.roster.proto.v1.ClientDetail;
import io.roster.proto.v1.ClientSummary;
import io.roster.proto.v1.GetClientRequest;
import io.roster.proto.v1.GetServerRequest;
import io.roster.proto.v1.HeldLoss;
import io.roster.proto.v1.ListClaimsRequest;
import io.roster.proto.v1.ListClientsRequest;
import io.roster.proto.v1.ListClientsResponse;
import io.roster.proto.v1.ListHeldLossesRequest;
import io.roster.proto.v1.ListOverridesRequest;
import io.roster.proto.v1.ListSubscribersRequest;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.proto.v1.Override;
import io.roster.proto.v1.RemoveOverrideRequest;
import io.roster.proto.v1.ResolveHeldLossRequest;
import io.roster.proto.v1.ServerSummary;
import io.roster.proto.v1.ServiceSummary;
import io.roster.proto.v1.SetLogLevelRequest;
import io.roster.proto.v1.SetOverrideRequest;
import io.roster.proto.v1.SetServiceRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person on call asks and changes. */
class OperatorTest {

    private final Wire wire = new Wire();
    private final TestStream provider = wire.greets(CONNECTION);

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void theServerInFigures() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        provider.does(Say.subscribe("bills"));
        wire.house().advance(1_234);
        ServerSummary server = wire.call(OperatorGrpc.getGetServerMethod(), GetServerRequest.getDefaultInstance());
        assertThat(server.getServerId()).isEqualTo("server-1");
        assertThat(server.getUptimeMs()).isEqualTo(1_234);
        assertThat(server.getStreams()).isEqualTo(1);
        assertThat(server.getClients()).isEqualTo(1);
        assertThat(server.getServices()).isEqualTo(1);
        assertThat(server.getClaims()).isEqualTo(1);
        assertThat(server.getSubscriptions()).isEqualTo(1);
        assertThat(server.getLimitsMap()).containsEntry("port", "1");
    }

    @Test
    void clientsAreListedByKindAPageAtATime() {
        wire.greets(CONNECTION);
        wire.greets(IP_PORT).does(Say.register("orders", instance("10.0.0.1", 80)));
        assertThat(clients(ListClientsRequest.newBuilder()).getClientsCount()).isEqualTo(4);
        assertThat(clients(ListClientsRequest.newBuilder().setKind(IP_PORT)).getClientsList())
                .extracting(ClientSummary::getClientId)
                .containsExactly("10.0.0.1:80#true");
        ListClientsResponse page = clients(ListClientsRequest.newBuilder().setPageSize(3));
        ListClientsResponse rest =
                clients(ListClientsRequest.newBuilder().setPageSize(3).setPageToken(page.getNextPageToken()));
        assertThat(page.getClientsCount()).isEqualTo(3);
        assertThat(rest.getClientsCount()).isEqualTo(1);
        assertThat(rest.getNextPageToken()).isEmpty();
    }

    @Test
    void oneClientWithAllItPublishesAndHears() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        provider.does(Say.subscribe("bills"));
        String id = provider.heard().get(0).getWelcome().getClientId();
        ClientDetail detail = wire.call(
                OperatorGrpc.getGetClientMethod(),
                GetClientRequest.newBuilder().setClientId(id).build());
        assertThat(detail.getClient().getPublished()).isEqualTo(1);
        assertThat(detail.getClient().getSubscribed()).isEqualTo(1);
        assertThat(detail.getPublished(0).getInstance().getIp()).isEqualTo("10.0.0.1");
        assertThat(detail.getSubscribed(0).getService().getName()).isEqualTo("bills");
        Refused.by(
                () -> wire.call(
                        OperatorGrpc.getGetClientMethod(),
                        GetClientRequest.newBuilder().setClientId("x").build()),
                Status.Code.NOT_FOUND,
                "",
                "client x");
    }

    @Test
    void whoHearsAServiceAndWhatEachWasTold() {
        provider.does(Say.subscribe("orders"));
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        var subscribers = wire.call(
                OperatorGrpc.getListSubscribersMethod(),
                ListSubscribersRequest.newBuilder()
                        .setService(Say.service("orders"))
                        .build());
        assertThat(subscribers.getRevision()).isEqualTo(1);
        assertThat(subscribers.getSubscribersList()).singleElement().satisfies(each -> {
            assertThat(each.getToldRevision()).isEqualTo(1);
            assertThat(each.getWaiting()).isFalse();
        });
    }

    @Test
    void everyClaimOfAServiceEvenThoseThatNobodySees() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80).setEnabled(false)));
        wire.greets(IP_PORT).does(Say.register("orders", instance("10.0.0.1", 80)));
        wire.house().advance(16_000);
        List<Claim> claims = wire.call(
                        OperatorGrpc.getListClaimsMethod(),
                        ListClaimsRequest.newBuilder()
                                .setService(Say.service("orders"))
                                .build())
                .getClaimsList();
        assertThat(claims).hasSize(2);
        assertThat(claims.get(0).getNewest()).isTrue();
        assertThat(claims.get(0).getSilent()).isTrue();
        assertThat(claims.get(0).getSilenceMs()).isEqualTo(16_000);
        assertThat(claims.get(1).getNewest()).isFalse();
        assertThat(claims.get(1).hasSilenceMs()).isFalse();
        assertThat(claims.get(1).getInstance().getEnabled()).isFalse();
    }

    @Test
    void anOverrideIsSetAmendedListedAndUndone() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80)));
        Override set = wire.call(
                OperatorGrpc.getSetOverrideMethod(), override().setWeight(7).build());
        assertThat(set.getWeight()).isEqualTo(7);
        assertThat(set.hasEnabled()).isFalse();
        Override amended = wire.call(
                OperatorGrpc.getSetOverrideMethod(), override().setEnabled(true).build());
        assertThat(amended.getWeight()).isEqualTo(7);
        assertThat(amended.getEnabled()).isTrue();
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80 weight 7.0");
        assertThat(overrides("orders")).isEqualTo(1);
        assertThat(overrides("bills")).isZero();
        RemoveOverrideRequest undo = RemoveOverrideRequest.newBuilder()
                .setService(Say.service("orders"))
                .setInstance(key("10.0.0.1", 80))
                .build();
        wire.call(OperatorGrpc.getRemoveOverrideMethod(), undo);
        assertThat(wire.house().list("orders")).containsExactly("10.0.0.1:80");
        Refused.by(
                () -> wire.call(OperatorGrpc.getRemoveOverrideMethod(), undo),
                Status.Code.NOT_FOUND,
                "",
                "no override");
    }

    @Test
    void lossesThatAreHeldAreListedAndDecidedOn() {
        for (int stream = 0; stream < 2; stream++) {
            TestStream beater = wire.greets(IP_PORT);
            for (int i = 0; i < 5; i++) {
                beater.does(Say.register("orders", instance("10.0.0." + stream, i)));
            }
        }
        wire.house().advance(15_000);
        assertThat(heldLosses("orders")).singleElement().satisfies(each -> {
            assertThat(each.getService().getName()).isEqualTo("orders");
            assertThat(each.getExpected()).isEqualTo(10);
            assertThat(each.getPresent()).isZero();
            assertThat(each.getHeld()).isEqualTo(5);
            assertThat(each.getKept()).isFalse();
        });
        assertThat(heldLosses("bills")).isEmpty();
        ServerSummary server = wire.call(OperatorGrpc.getGetServerMethod(), GetServerRequest.getDefaultInstance());
        assertThat(server.getHeldLosses()).isEqualTo(5);
        assertThat(server.getMassLosses()).isEqualTo(1);
        List<Claim> claims = wire.call(
                        OperatorGrpc.getListClaimsMethod(),
                        ListClaimsRequest.newBuilder()
                                .setService(Say.service("orders"))
                                .build())
                .getClaimsList();
        assertThat(claims).filteredOn(Claim::getHeld).hasSize(5).noneMatch(Claim::getSilent);
        resolve("orders", ResolveHeldLossRequest.Decision.KEEP);
        assertThat(heldLosses("orders")).singleElement().matches(HeldLoss::getKept);
        resolve("orders", ResolveHeldLossRequest.Decision.REMOVE);
        assertThat(heldLosses("orders")).isEmpty();
        assertThat(wire.house().list("orders")).hasSize(10).allMatch(each -> each.endsWith("unhealthy"));
        Refused.by(
                () -> resolve("orders", ResolveHeldLossRequest.Decision.REMOVE),
                Status.Code.NOT_FOUND,
                "",
                "no losses of");
        Refused.invalid(
                () -> resolve("orders", ResolveHeldLossRequest.Decision.DECISION_UNSPECIFIED),
                "decision",
                "REMOVE or KEEP");
    }

    private List<HeldLoss> heldLosses(String service) {
        return wire.call(
                        OperatorGrpc.getListHeldLossesMethod(),
                        ListHeldLossesRequest.newBuilder()
                                .setService(Say.service(service))
                                .build())
                .getHeldLossesList();
    }

    private void resolve(String service, ResolveHeldLossRequest.Decision decision) {
        wire.call(
                OperatorGrpc.getResolveHeldLossMethod(),
                ResolveHeldLossRequest.newBuilder()
                        .setService(Say.service(service))
                        .setDecision(decision)
                        .build());
    }

    @Test
    void aServiceIsConfigured() {
        provider.does(Say.register("orders", instance("10.0.0.1", 80).setHealthy(false)));
        ServiceSummary summary = wire.call(
                OperatorGrpc.getSetServiceMethod(),
                service().setProtectionThreshold(0.5).setHealthCheck(false).build());
        assertThat(summary.getProtectionThreshold()).isEqualTo(0.5);
        assertThat(summary.getProtected()).isTrue();
    }

    @Test
    void aLogLevelIsSetAndTheOneBeforeIsTold() {
        assertThat(wire.call(
                                OperatorGrpc.getSetLogLevelMethod(),
                                SetLogLevelRequest.newBuilder()
                                        .setLogger("ROOT")
                                        .setLevel("DEBUG")
                                        .build())
                        .getPrevious())
                .isEqualTo("INFO");
    }

    @Test
    void badRequestsNameTheField() {
        Refused.invalid(
                () -> wire.call(OperatorGrpc.getSetOverrideMethod(), override().build()), "enabled", "at least one");
        Refused.invalid(
                () -> wire.call(
                        OperatorGrpc.getSetOverrideMethod(),
                        override().setWeight(-1).build()),
                "weight",
                "-1");
        Refused.invalid(
                () -> wire.call(
                        OperatorGrpc.getSetOverrideMethod(),
                        override().setInstance(key("", 1)).setWeight(1).build()),
                "instance.ip",
                "an IP address");
        Refused.invalid(
                () -> wire.call(
                        OperatorGrpc.getSetServiceMethod(),
                        service().setProtectionThreshold(1.5).build()),
                "protection_threshold",
                "1.5");
        Refused.invalid(
                () -> wire.call(OperatorGrpc.getListClaimsMethod(), ListClaimsRequest.getDefaultInstance()),
                "service.name",
                "a service name");
        Refused.invalid(() -> clients(ListClientsRequest.newBuilder().setPageSize(-1)), "page_size", "-1");
        assertThat(wire.house().registry().heldServiceCount()).isZero();
    }

    private ListClientsResponse clients(ListClientsRequest.Builder request) {
        return wire.call(OperatorGrpc.getListClientsMethod(), request.build());
    }

    private int overrides(String service) {
        return wire.call(
                        OperatorGrpc.getListOverridesMethod(),
                        ListOverridesRequest.newBuilder()
                                .setService(Say.service(service))
                                .build())
                .getOverridesCount();
    }

    private static SetOverrideRequest.Builder override() {
        return SetOverrideRequest.newBuilder().setService(Say.service("orders")).setInstance(key("10.0.0.1", 80));
    }

    private static SetServiceRequest.Builder service() {
        return SetServiceRequest.newBuilder().setService(Say.service("orders"));
    }
}
