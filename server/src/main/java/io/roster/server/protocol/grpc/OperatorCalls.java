// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.stub.StreamObserver;
import io.roster.proto.v1.ClientDetail;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.GetClientRequest;
import io.roster.proto.v1.GetServerRequest;
import io.roster.proto.v1.InstanceRef;
import io.roster.proto.v1.ListClaimsRequest;
import io.roster.proto.v1.ListClaimsResponse;
import io.roster.proto.v1.ListClientsRequest;
import io.roster.proto.v1.ListClientsResponse;
import io.roster.proto.v1.ListHeldLossesRequest;
import io.roster.proto.v1.ListHeldLossesResponse;
import io.roster.proto.v1.ListOverridesRequest;
import io.roster.proto.v1.ListOverridesResponse;
import io.roster.proto.v1.ListSubscribersRequest;
import io.roster.proto.v1.ListSubscribersResponse;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.proto.v1.Override;
import io.roster.proto.v1.RemoveOverrideRequest;
import io.roster.proto.v1.RemoveOverrideResponse;
import io.roster.proto.v1.ResolveHeldLossRequest;
import io.roster.proto.v1.ResolveHeldLossResponse;
import io.roster.proto.v1.ServerSummary;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.ServiceSummary;
import io.roster.proto.v1.SetLogLevelRequest;
import io.roster.proto.v1.SetLogLevelResponse;
import io.roster.proto.v1.SetOverrideRequest;
import io.roster.proto.v1.SetServiceRequest;
import io.roster.server.client.Client;
import io.roster.server.core.Ack;
import io.roster.server.core.HeldLosses;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.LossDecision;
import io.roster.server.core.OverrideView;
import io.roster.server.core.Registration;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;
import io.roster.server.transport.Intake;
import java.util.Comparator;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What a person on call asks, and the few things that person may change. Thread: any. */
final class OperatorCalls extends OperatorGrpc.OperatorImplBase {

    /** A person reads no more; the services that hold most come first. */
    private static final int MAX_HELD_LOSSES = 1_000;

    private final ServerContext context;
    private final NativeDecoder decoder;
    private final Map<String, String> limits;
    private final LogLevels logLevels;
    private final long startedMs;

    OperatorCalls(ServerContext context, Map<String, String> limits, LogLevels logLevels) {
        this.context = context;
        this.decoder = context.decoder();
        this.limits = limits;
        this.logLevels = logLevels;
        this.startedMs = context.nowMs().getAsLong();
    }

    @java.lang.Override
    public void getServer(GetServerRequest request, StreamObserver<ServerSummary> call) {
        Unary.guard(call, () -> {
            operated("GetServer");
            Unary.answer(call, summary());
        });
    }

    private ServerSummary summary() {
        return ServerSummary.newBuilder()
                .setServerId(context.identity().serverId())
                .setVersion(context.identity().version())
                .setEpoch(context.registry().epoch())
                .setUptimeMs(context.nowMs().getAsLong() - startedMs)
                .setStreams(context.streams().count())
                .setClients(context.clients().count())
                .setServices(context.registry().serviceCount())
                .setClaims(context.registry().claimCount())
                .setSubscriptions(context.fanouts().subscriptions())
                .setRefusedCommands(context.registry().refusedCount())
                .setHeldLosses(context.registry().heldLossCount())
                .setMassLosses(context.registry().massLossCount())
                .setStalledStreams(context.fanouts().stalledCount())
                .setRefusedStreams(context.streams().refusedCount())
                .setConnections(sum(port -> port.connections().count()))
                .setClosedConnections(sum(port -> port.connections().closedCount()))
                .setUnfinishedBytes(sum(port -> port.unfinished().held()))
                .putAllLimits(limits)
                .build();
    }

    private long sum(ToLongFunction<Intake> figure) {
        return context.ports().stream().mapToLong(figure).sum();
    }

    @java.lang.Override
    public void listClients(ListClientsRequest request, StreamObserver<ListClientsResponse> call) {
        Unary.guard(call, () -> {
            operated("ListClients");
            int size = Pages.size(request.getPageSize());
            ListClientsResponse.Builder page = ListClientsResponse.newBuilder();
            for (Client client : context.clients().after(request.getPageToken())) {
                if (page.getClientsCount() == size) {
                    page.setNextPageToken(page.getClients(size - 1).getClientId());
                    break;
                }
                if (request.getKind() == ClientKind.CLIENT_KIND_UNSPECIFIED
                        || request.getKind() == OperatorEncoder.kind(client)) {
                    page.addClients(
                            OperatorEncoder.summary(client, context.nowMs().getAsLong()));
                }
            }
            Unary.answer(call, page.build());
        });
    }

    @java.lang.Override
    public void getClient(GetClientRequest request, StreamObserver<ClientDetail> call) {
        Unary.guard(call, () -> {
            operated("GetClient");
            Client client = context.clients().find(request.getClientId());
            if (client == null) {
                throw RegistryException.of(
                        RegistryException.Code.NOT_FOUND, "client " + request.getClientId() + " is not here");
            }
            ClientDetail.Builder detail = ClientDetail.newBuilder()
                    .setClient(OperatorEncoder.summary(client, context.nowMs().getAsLong()));
            client.published().forEach(publication -> {
                if (publication instanceof Registration claim) {
                    detail.addPublished(InstanceRef.newBuilder()
                            .setService(NativeEncoder.ref(claim.service()))
                            .setInstance(NativeEncoder.key(claim.instance().key())));
                }
            });
            Unary.answerWhen(call, context.fanouts().subscriptionsOf(client), heard -> {
                heard.forEach(each -> detail.addSubscribed(OperatorEncoder.subscription(each)));
                return detail.build();
            });
        });
    }

    @java.lang.Override
    public void listSubscribers(ListSubscribersRequest request, StreamObserver<ListSubscribersResponse> call) {
        Unary.guard(call, () -> {
            ServiceName service = operated(request.getService(), "ListSubscribers");
            Unary.answerWhen(call, context.fanouts().subscribers(service), heard -> {
                ListSubscribersResponse.Builder answer = ListSubscribersResponse.newBuilder()
                        .setRevision(context.registry().snapshot(service).revision());
                heard.forEach(each -> answer.addSubscribers(OperatorEncoder.subscriber(each)));
                return answer.build();
            });
        });
    }

    @java.lang.Override
    public void listClaims(ListClaimsRequest request, StreamObserver<ListClaimsResponse> call) {
        Unary.guard(call, () -> {
            ServiceName service = operated(request.getService(), "ListClaims");
            Unary.answerWhen(call, context.registry().claims(service), claims -> {
                ListClaimsResponse.Builder answer = ListClaimsResponse.newBuilder();
                claims.forEach(claim -> answer.addClaims(OperatorEncoder.claim(service, claim)));
                return answer.build();
            });
        });
    }

    @java.lang.Override
    public void setOverride(SetOverrideRequest request, StreamObserver<Override> call) {
        Unary.guard(call, () -> {
            ServiceName service = operated(request.getService(), "SetOverride");
            InstanceKey key = key(request.getInstance());
            if (!request.hasEnabled() && !request.hasWeight()) {
                throw RegistryException.invalid("enabled", "left out, and so is weight", "at least one of them");
            }
            InstanceOverride override = new InstanceOverride(
                    request.hasEnabled() ? request.getEnabled() : null,
                    request.hasWeight() ? decoder.limits().weight(request.getWeight()) : null);
            context.registry().override(service, key, override, noted("SetOverride", service, (revision, refusal) -> {
                if (refusal != null) {
                    call.onError(Refusals.status(refusal));
                    return;
                }
                Unary.answerWhen(
                        call,
                        context.registry().overrides(),
                        all -> all.stream()
                                .filter(each -> each.service().equals(service)
                                        && each.key().equals(key))
                                .findAny()
                                .map(OperatorEncoder::override)
                                .orElseGet(() -> OperatorEncoder.override(new OverrideView(service, key, override))));
            }));
        });
    }

    @java.lang.Override
    public void removeOverride(RemoveOverrideRequest request, StreamObserver<RemoveOverrideResponse> call) {
        Unary.guard(call, () -> {
            ServiceName service = operated(request.getService(), "RemoveOverride");
            Ack ack = (revision, refusal) -> {
                if (refusal == null) {
                    Unary.answer(call, RemoveOverrideResponse.getDefaultInstance());
                } else {
                    call.onError(Refusals.status(refusal));
                }
            };
            context.registry()
                    .removeOverride(service, key(request.getInstance()), noted("RemoveOverride", service, ack));
        });
    }

    @java.lang.Override
    public void listOverrides(ListOverridesRequest request, StreamObserver<ListOverridesResponse> call) {
        Unary.guard(call, () -> {
            ServiceName only = request.hasService() ? operated(request.getService(), "ListOverrides") : null;
            if (only == null) {
                operated("ListOverrides");
            }
            Unary.answerWhen(call, context.registry().overrides(), all -> {
                ListOverridesResponse.Builder answer = ListOverridesResponse.newBuilder();
                all.stream()
                        .filter(each -> only == null || each.service().equals(only))
                        .forEach(each -> answer.addOverrides(OperatorEncoder.override(each)));
                return answer.build();
            });
        });
    }

    @java.lang.Override
    public void setService(SetServiceRequest request, StreamObserver<ServiceSummary> call) {
        Unary.guard(call, () -> {
            ServiceName service = operated(request.getService(), "SetService");
            Double threshold = request.hasProtectionThreshold()
                    ? (Double) decoder.limits().threshold(request.getProtectionThreshold())
                    : null;
            Boolean checked = request.hasHealthCheck() ? (Boolean) request.getHealthCheck() : null;
            Ack ack = (revision, refusal) -> {
                if (refusal == null) {
                    Unary.answer(call, Summaries.of(context.registry().snapshot(service)));
                } else {
                    call.onError(Refusals.status(refusal));
                }
            };
            context.registry().configure(service, threshold, checked, noted("SetService", service, ack));
        });
    }

    @java.lang.Override
    public void listHeldLosses(ListHeldLossesRequest request, StreamObserver<ListHeldLossesResponse> call) {
        Unary.guard(call, () -> {
            ServiceName only = request.hasService() ? operated(request.getService(), "ListHeldLosses") : null;
            if (only == null) {
                operated("ListHeldLosses");
            }
            Unary.answerWhen(call, context.registry().heldLosses(), all -> {
                ListHeldLossesResponse.Builder answer = ListHeldLossesResponse.newBuilder();
                all.stream()
                        .filter(each -> only == null || each.service().equals(only))
                        .sorted(Comparator.comparingInt(HeldLosses::held).reversed())
                        .limit(MAX_HELD_LOSSES)
                        .forEach(each -> answer.addHeldLosses(OperatorEncoder.heldLoss(each)));
                return answer.setTotal(all.size()).build();
            });
        });
    }

    @java.lang.Override
    public void resolveHeldLoss(ResolveHeldLossRequest request, StreamObserver<ResolveHeldLossResponse> call) {
        Unary.guard(call, () -> {
            ServiceName service = operated(request.getService(), "ResolveHeldLoss");
            LossDecision decision = switch (request.getDecision()) {
                case REMOVE -> LossDecision.REMOVE;
                case KEEP -> LossDecision.KEEP;
                case DECISION_UNSPECIFIED, UNRECOGNIZED ->
                    throw RegistryException.invalid("decision", request.getDecisionValue(), "REMOVE or KEEP");
            };
            Ack ack = (revision, refusal) -> {
                if (refusal == null) {
                    Unary.answer(
                            call,
                            ResolveHeldLossResponse.newBuilder()
                                    .setRevision(revision)
                                    .build());
                } else {
                    call.onError(Refusals.status(refusal));
                }
            };
            context.registry().resolve(service, decision, noted("ResolveHeldLoss " + decision, service, ack));
        });
    }

    @java.lang.Override
    public void setLogLevel(SetLogLevelRequest request, StreamObserver<SetLogLevelResponse> call) {
        Unary.guard(call, () -> {
            Caller caller = operated("SetLogLevel");
            String previous = logLevels.set(request.getLogger(), request.getLevel());
            context.access().operated(caller, "SetLogLevel", request.getLogger() + " " + request.getLevel(), "OK");
            Unary.answer(
                    call, SetLogLevelResponse.newBuilder().setPrevious(previous).build());
        });
    }

    /** The service that a call is about, if its caller may operate it. */
    private ServiceName operated(ServiceRef ref, String action) {
        ServiceName service = decoder.service(ref, ServiceName.DEFAULT_NAMESPACE);
        context.access().check(CallerContext.caller(), Role.OPERATE, service, action);
        return service;
    }

    /** The caller of a call about the whole server, if they may operate that. */
    private Caller operated(String action) {
        Caller caller = CallerContext.caller();
        context.access().checkEverywhere(caller, Role.OPERATE, action);
        return caller;
    }

    /** Notes who changed what, and what came of it. */
    private Ack noted(String action, ServiceName service, Ack ack) {
        Caller caller = CallerContext.caller();
        return (revision, refusal) -> {
            context.access()
                    .operated(caller, action, service.toString(), refusal == null ? "OK" : Refusals.text(refusal));
            ack.done(revision, refusal);
        };
    }

    private InstanceKey key(io.roster.proto.v1.InstanceKey key) {
        return Unary.within("instance", () -> decoder.key(key));
    }
}
