// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roster.server.core.Instance;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;
import io.roster.server.transport.EncodedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What clients can ask. Called on the session's loop; an answer may follow on another. */
final class NamingCalls {

    private static final String REGISTER = "registerInstance";
    private static final String DEREGISTER = "deregisterInstance";
    private static final String BATCH_REGISTER = "batchRegisterInstance";

    /** Spring Cloud asks for all names at once; a client takes 10 MiB, and names are rarely longer than this allows. */
    private static final int MAX_PAGE = 100_000;

    private static final EncodedMessage REGISTERED = done("InstanceResponse", REGISTER);
    private static final EncodedMessage DEREGISTERED = done("InstanceResponse", DEREGISTER);
    private static final EncodedMessage BATCH_REGISTERED = done("BatchInstanceResponse", BATCH_REGISTER);

    private final NacosContext context;
    private final Map<String, Call> calls;

    /** Answers one type of request. */
    @FunctionalInterface
    interface Body {
        void run(Session session, Caller caller, RequestBody request, Answer answer);
    }

    /**
     * A type of request.
     *
     * @param answerType the type of its answer
     * @param need what its caller must be let do
     */
    record Call(String answerType, Need need, Body body) {}

    /** What the caller of a request must be let do. */
    enum Need {
        NOTHING,
        READ_SOMETHING,
        READ,
        WRITE
    }

    /**
     * Lets a caller make a request, or not.
     *
     * @param type the request's type, for people
     * @throws io.roster.server.core.RegistryException if not
     */
    void check(Call call, Caller caller, RequestBody request, String type) {
        if (!context.access().isOn()) {
            return;
        }
        switch (call.need()) {
            case NOTHING -> {}
            case READ_SOMETHING -> context.access().checkSomewhere(caller, Role.READ, type);
            case READ ->
                context.access().check(caller, Role.READ, context.decoder().service(request), type);
            case WRITE ->
                context.access().check(caller, Role.WRITE, context.decoder().service(request), type);
        }
    }

    NamingCalls(NacosContext context) {
        this.context = context;
        this.calls = Map.ofEntries(
                entry(
                        "HealthCheckRequest",
                        new Call(
                                "HealthCheckResponse",
                                Need.NOTHING,
                                (session, caller, request, answer) -> answer.ok(json -> {}))),
                entry("InstanceRequest", new Call("InstanceResponse", Need.WRITE, this::instance)),
                entry("BatchInstanceRequest", new Call("BatchInstanceResponse", Need.WRITE, this::batch)),
                entry("PersistentInstanceRequest", new Call("InstanceResponse", Need.WRITE, NamingCalls::persistent)),
                entry("ServiceQueryRequest", new Call("QueryServiceResponse", Need.READ, this::query)),
                entry("ServiceListRequest", new Call("ServiceListResponse", Need.READ_SOMETHING, this::list)),
                entry("SubscribeServiceRequest", new Call("SubscribeServiceResponse", Need.READ, this::subscribe)),
                entry(
                        "NamingFuzzyWatchRequest",
                        new Call(
                                "NamingFuzzyWatchResponse",
                                Need.READ_SOMETHING,
                                (session, caller, request, answer) -> session.watches()
                                        .onRequest(request, context.access().readable(caller), answer))));
    }

    private static EncodedMessage done(String answerType, String type) {
        return Payloads.of(answerType, json -> {
            json.writeNumberField("resultCode", 200);
            json.writeNumberField("errorCode", 0);
            json.writeStringField("type", type);
            json.writeBooleanField("success", true);
        });
    }

    /** The call of a request's type, or null. */
    @Nullable
    Call find(String type) {
        Call naming = calls.get(type);
        return naming == null ? ConfigCalls.ALL.get(type) : naming;
    }

    private void instance(Session session, Caller caller, RequestBody request, Answer answer) {
        ServiceName service = context.decoder().service(request);
        switch (request.type) {
            case REGISTER -> {
                InstanceBody instance = request.instance == null ? new InstanceBody() : request.instance;
                replace(session, service, context.decoder().instances(List.of(instance)), answer, REGISTERED);
            }
            case DEREGISTER -> replace(session, service, List.of(), answer, DEREGISTERED);
            default -> answer.send(unsupported(request.type));
        }
    }

    private void batch(Session session, Caller caller, RequestBody request, Answer answer) {
        ServiceName service = context.decoder().service(request);
        if (request.type.equals(BATCH_REGISTER)) {
            replace(session, service, context.decoder().instances(request.instances), answer, BATCH_REGISTERED);
        } else {
            answer.send(unsupported(request.type));
        }
    }

    /** A client has one slot in each service: whatever it says last is all that it publishes there. */
    private void replace(
            Session session, ServiceName service, List<Instance> instances, Answer answer, EncodedMessage done) {
        context.registry().replace(session.client(), service, instances, answer.when(done));
    }

    private static EncodedMessage unsupported(String type) {
        return Answer.failure(
                "ErrorResponse",
                ErrorCode.INVALID_PARAM,
                ErrorCode.INVALID_PARAM,
                "Unsupported request type " + type.substring(0, Math.min(type.length(), 64)));
    }

    private static void persistent(Session session, Caller caller, RequestBody request, Answer answer) {
        answer.refuse(
                ErrorCode.NOT_IMPLEMENTED,
                "persistent instances are not supported by this server; register with ephemeral=true");
    }

    private void query(Session session, Caller caller, RequestBody request, Answer answer) {
        ServiceName service = context.decoder().service(request);
        View view = context.decoder().view(request.clusters, request.healthyOnly);
        answer.send(context.lists()
                .full(context.registry().snapshot(service), view)
                .answer(answer.type(), request.clusters));
    }

    private void subscribe(Session session, Caller caller, RequestBody request, Answer answer) {
        ServiceName service = context.decoder().service(request);
        View view = context.decoder().view(request.clusters, false);
        if (request.subscribe) {
            answer.send(
                    session.subscribe(service, view, request.clusters, caller).answer(answer.type(), request.clusters));
            session.tell(service);
        } else {
            session.unsubscribe(service);
            query(session, caller, request, answer);
        }
    }

    private void list(Session session, Caller caller, RequestBody request, Answer answer) {
        ServiceName group = context.decoder().group(request);
        long from = Math.max(0, request.pageNo - 1L) * Math.max(0, request.pageSize);
        int most = request.pageNo < 1 ? 0 : Math.min(request.pageSize, MAX_PAGE);
        ServicePage page = new ServicePage(from, most);
        new NamesWalk(context.registry(), session.loop(), group.namespace(), group.group())
                .run(
                        visible(page, context.access().readable(caller)),
                        () -> answer.guard(() -> answer.ok(page::write)));
    }

    private static Consumer<ServiceName> visible(ServicePage page, Predicate<ServiceName> readable) {
        return name -> {
            if (readable.test(name)) {
                page.add(name);
            }
        };
    }

    /** A part of the names of a group, and how many there are in all. */
    private static final class ServicePage {

        private final long from;
        private final int most;
        private final List<String> names = new ArrayList<>();
        private int count;

        ServicePage(long from, int most) {
            this.from = from;
            this.most = most;
        }

        void add(ServiceName name) {
            if (count >= from && names.size() < most) {
                names.add(name.name());
            }
            count++;
        }

        void write(JsonGenerator json) throws IOException {
            json.writeNumberField("count", count);
            json.writeArrayFieldStart("serviceNames");
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
    }
}
