// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.Claim;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientSummary;
import io.roster.proto.v1.HeldLoss;
import io.roster.proto.v1.Override;
import io.roster.proto.v1.Subscriber;
import io.roster.server.client.Client;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.IpPortBasedClient;
import io.roster.server.core.ClaimView;
import io.roster.server.core.HeldLosses;
import io.roster.server.core.OverrideView;
import io.roster.server.core.ServiceName;
import io.roster.server.push.Subscription;

/** Writes what operators ask for. Stateless; thread: any. */
final class OperatorEncoder {

    private OperatorEncoder() {}

    static ClientKind kind(Client client) {
        return client instanceof IpPortBasedClient ? ClientKind.IP_PORT : ClientKind.CONNECTION;
    }

    static ClientSummary summary(Client client, long nowMs) {
        ClientSummary.Builder summary = ClientSummary.newBuilder()
                .setClientId(client.id())
                .setKind(kind(client))
                .setWire(client.info().wire())
                .setAddress(client.info().address())
                .setApp(client.info().app())
                .setSdk(client.info().sdk())
                .setConnectedAtMs(client.info().connectedAtMs())
                .setIdleMs(Math.max(0, nowMs - client.lastActiveMs()))
                .setPublished(client.publishedCount())
                .setSubscribed(client.subscribedCount())
                .putAllLabels(client.info().labels());
        Long suspendedSinceMs = client instanceof ConnectionBasedClient stream ? stream.suspendedSinceMs() : null;
        if (suspendedSinceMs != null) {
            summary.setSuspendedForMs(nowMs - suspendedSinceMs);
        }
        return summary.build();
    }

    static io.roster.proto.v1.Subscription subscription(Subscription subscription) {
        return io.roster.proto.v1.Subscription.newBuilder()
                .setService(NativeEncoder.ref(subscription.service()))
                .setView(NativeEncoder.view(subscription.view()))
                .setToldRevision(subscription.toldRevision())
                .setWaiting(subscription.isWaiting())
                .build();
    }

    static Subscriber subscriber(Subscription subscription) {
        return Subscriber.newBuilder()
                .setClientId(subscription.client().id())
                .setAddress(subscription.client().info().address())
                .setApp(subscription.client().info().app())
                .setView(NativeEncoder.view(subscription.view()))
                .setToldRevision(subscription.toldRevision())
                .setWaiting(subscription.isWaiting())
                .build();
    }

    static Claim claim(ServiceName service, ClaimView claim) {
        Claim.Builder message = Claim.newBuilder()
                .setInstance(NativeEncoder.instance(claim.registration().instance()))
                .setClientId(claim.registration().publisher().id())
                .setNewest(claim.isNewest())
                .setSilent(claim.isSilent())
                .setHeld(claim.isHeld())
                .setProbation(claim.registration().isOnProbation());
        if (claim.silenceMs() != null) {
            message.setSilenceMs(claim.silenceMs());
        }
        if (claim.override() != null) {
            message.setOverride(override(
                    new OverrideView(service, claim.registration().instance().key(), claim.override())));
        }
        return message.build();
    }

    static HeldLoss heldLoss(HeldLosses losses) {
        return HeldLoss.newBuilder()
                .setService(NativeEncoder.ref(losses.service()))
                .setExpected(losses.expected())
                .setPresent(losses.present())
                .setHeld(losses.held())
                .setKept(losses.isKept())
                .build();
    }

    static Override override(OverrideView view) {
        Override.Builder message = Override.newBuilder()
                .setService(NativeEncoder.ref(view.service()))
                .setInstance(NativeEncoder.key(view.key()));
        Boolean enabled = view.override().enabled();
        Double weight = view.override().weight();
        if (enabled != null) {
            message.setEnabled(enabled);
        }
        if (weight != null) {
            message.setWeight(weight);
        }
        return message.build();
    }
}
