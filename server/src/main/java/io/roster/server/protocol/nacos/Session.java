// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.Status;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Departure;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Fanout;
import io.roster.server.push.Outbox;
import io.roster.server.push.Pipe;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;
import io.roster.server.transport.EncodedMessage;
import io.roster.server.transport.StreamPipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client on a connection that it has set up: what it hears, whether it still answers, and its end. Confined to one push
 * loop, but for {@link #onLoop} and {@link #end}, which any thread may call.
 */
final class Session implements Pipe {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** A client that can go elsewhere does so in far less; one that cannot is not waited for any longer. */
    private static final long LEAVING_MS = 2_000;

    private final NacosContext context;
    private final Connection connection;
    private final ConnectionBasedClient client;
    private final Fanout fanout;
    private final EventLoop loop;
    private final SessionRound round;
    private final StreamPipe pipe;
    private final Outbox outbox;
    private final Map<ServiceName, Heard> heard = new HashMap<>(2);

    private final Deliveries deliveries = new Deliveries();
    private final Liveness liveness = new Liveness();
    private final FuzzyWatches watches;
    private boolean ended;

    /** How a client wants to hear a service, its clusters as it wrote them, and who asked for it. */
    private record Heard(View view, String clusters, Caller caller) {}

    Session(
            NacosContext context,
            Connection connection,
            ConnectionBasedClient client,
            Fanout fanout,
            SessionRound round,
            StreamPipe pipe) {
        this.context = context;
        this.connection = connection;
        this.client = client;
        this.fanout = fanout;
        this.loop = fanout.loop();
        this.round = round;
        this.pipe = pipe;
        this.outbox = fanout.open(client, context.lists(), this);
        this.watches = new FuzzyWatches(context, loop, pipe);
        round.enter(this);
    }

    ConnectionBasedClient client() {
        return client;
    }

    EventLoop loop() {
        return loop;
    }

    FuzzyWatches watches() {
        return watches;
    }

    /** Runs a step on the session's loop; a real connection is read by that very loop. */
    void onLoop(Runnable step) {
        loop.run(step);
    }

    /** The client has said something. */
    void touch() {
        client.touch(loop.nowMs());
    }

    /**
     * Hears a service from now on, in place of how it was heard before. The list that is answered is pushed as well, but for
     * a subscription that stood already: clients that subscribe anew after a reconnect do not look at the answer.
     *
     * @return the list as it is now; pushes begin once {@link #tell} has been called
     */
    ServiceInfo subscribe(ServiceName service, View view, String clusters, Caller caller) {
        Heard how = new Heard(view, clusters, caller);
        boolean stood = how.equals(heard.get(service));
        unsubscribe(service);
        ServiceSnapshot now = context.registry().snapshot(service);
        outbox.subscribe(service, view, stood ? now.revision() : Outbox.HAVE_NOTHING);
        heard.put(service, how);
        return context.lists().full(now, view);
    }

    /** Begins to push what a subscription has to tell. */
    void tell(ServiceName service) {
        Heard how = heard.get(service);
        if (how != null) {
            outbox.tell(service, how.view());
        }
    }

    /** Hears a service no more; one that was not heard is ignored. */
    void unsubscribe(ServiceName service) {
        Heard how = heard.remove(service);
        if (how != null) {
            outbox.unsubscribe(service, how.view());
            deliveries.forget(service);
        }
    }

    /** Not one that only waits for the server to settle. */
    @Override
    public void giveUp(String reason) {
        if (!pipe.isReady()) {
            pipe.giveUp(reason);
        }
    }

    /** What callers may do has changed: tells nothing more of what its asker may not hear any more. */
    void checkAgain() {
        new ArrayList<>(heard.entrySet()).forEach(each -> {
            try {
                context.access().check(each.getValue().caller(), Role.READ, each.getKey(), "hear");
            } catch (RegistryException refusal) {
                log.debug("{} is unsubscribed: {}", client, refusal.getMessage());
                unsubscribe(each.getKey());
            }
        });
        watches.checkAgain();
    }

    /**
     * Lists wait while clients of the life before may still return: a client of Nacos knows only whole lists, and would
     * forget whoever is late.
     */
    @Override
    public boolean isReady() {
        return pipe.isReady() && context.settling().isSettled();
    }

    /** Sends a list to a client that will acknowledge it. */
    @Override
    public void send(Object message) {
        ServiceInfo list = (ServiceInfo) message;
        Heard how = heard.get(list.service());
        if (how != null) {
            deliveries.sent(list, loop.nowMs());
            pipe.send(list.pushTo(how.clusters()));
        }
    }

    /** The client has answered something that it was sent. */
    void onAck(AckBody ack) {
        if (ack.isSuccess()) {
            deliveries.acknowledged(ack.requestId());
        }
    }

    void onReady() {
        outbox.onReady();
        watches.onReady();
    }

    /** The server has settled: sends what has waited for that. */
    void settle() {
        outbox.onReady();
        watches.settle();
    }

    /** Sends again what was not acknowledged, and sees whether the client is still there. */
    void look(long nowMs) {
        for (ServiceName service : deliveries.overdue(nowMs)) {
            Heard how = heard.get(service);
            if (how != null) {
                outbox.subscribe(service, how.view(), Outbox.HAVE_NOTHING);
                outbox.tell(service, how.view());
            }
        }
        if (!pipe.isReady()) {
            fanout.stalled().waits(this);
        }
        switch (liveness.judge(nowMs, client.lastActiveMs())) {
            case KEEP -> {}
            case ASK -> pipe.send(request("ClientDetectionRequest"));
            case SILENT -> close(Departure.LOST, "it did not answer for 5 s after 20 s of silence");
        }
    }

    /** Asks the client to go to any other server, and lets it go. */
    void reset() {
        pipe.send(request("ConnectResetRequest"));
        loop.after(LEAVING_MS, () -> close(Departure.GOODBYE, "the server is stopping"));
    }

    private EncodedMessage request(String type) {
        return Payloads.of(type, json -> {
            json.writeObjectFieldStart("headers");
            json.writeEndObject();
            json.writeStringField("requestId", context.requestIds().get());
            json.writeStringField("connectionId", connection.id());
            json.writeStringField("module", "internal");
        });
    }

    private void close(Departure departure, String reason) {
        pipe.close(Status.UNAVAILABLE.withDescription(reason));
        end(departure, reason);
    }

    /** The stream or its connection has ended, whichever comes first. Any thread. */
    void end(Departure departure, String reason) {
        connection.leave(this);
        if (departure == Departure.GOODBYE) {
            context.clients().close(client, departure, reason);
        } else {
            context.clients().lost(client, null, loop, reason);
        }
        onLoop(this::forget);
    }

    private void forget() {
        if (!ended) {
            ended = true;
            round.leave(this);
            outbox.close();
            watches.close();
            heard.clear();
        }
    }
}
