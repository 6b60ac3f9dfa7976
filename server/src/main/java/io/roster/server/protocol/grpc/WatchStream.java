// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.WatchRequest;
import io.roster.server.client.ClientInfo;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Departure;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.core.View;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Fanout;
import io.roster.server.push.Outbox;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;
import io.roster.server.transport.Callers;
import io.roster.server.transport.Peer;
import io.roster.server.transport.StreamPipe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Watch call: a client that publishes nothing and hears one service. Confined to one push loop; callbacks that come
 * elsewhere are posted to it.
 */
final class WatchStream extends ServerCall.Listener<WatchRequest> implements OpenStreams.OpenStream {

    private final ServerContext context;
    private final Fanout fanout;
    private final EventLoop loop;
    private final StreamPipe pipe;
    private final Peer peer;
    private final Caller caller;
    private @Nullable WatchRequest request;
    private @Nullable ConnectionBasedClient client;
    private @Nullable Outbox outbox;
    private boolean ended;

    WatchStream(ServerContext context, ServerCall<?, Object> call) {
        this.context = context;
        this.fanout = context.fanouts().here();
        this.loop = fanout.loop();
        this.pipe = new StreamPipe(call, this::onGivenUp);
        this.peer = Peer.of(call.getAttributes());
        this.caller = Callers.of(context.access(), call.getAttributes());
    }

    WatchStream open() {
        onLoop(pipe::open);
        return this;
    }

    @Override
    public void onMessage(WatchRequest message) {
        onLoop(() -> request = message);
    }

    @Override
    public void onHalfClose() {
        onLoop(() -> {
            try {
                watch();
            } catch (RegistryException refusal) {
                pipe.close(Refusals.status(refusal));
                end("refused");
            }
        });
    }

    private void watch() {
        WatchRequest wanted = request;
        if (wanted == null) {
            throw RegistryException.invalid("request", "none", "one WatchRequest");
        }
        ServiceName service = context.decoder().service(wanted.getService(), ServiceName.DEFAULT_NAMESPACE);
        context.access().check(caller, Role.READ, service, "Watch");
        View view = context.decoder().view(wanted.getView());
        long have = context.have(wanted.hasHave(), wanted.getHave());
        context.streams().enter(this, peer);
        ClientInfo info = new ClientInfo("unary", peer.address(), "", "Watch", Map.of(), System.currentTimeMillis());
        String id = peer.address() + '/' + context.streams().nextSerial();
        ConnectionBasedClient watcher =
                new ConnectionBasedClient(id, info, context.nowMs().getAsLong());
        client = watcher;
        if (!context.clients().open(watcher)) {
            throw RegistryException.exhausted("max-clients", context.clients().count(), "raise the limit");
        }
        Outbox opened = fanout.open(watcher, NativeEncoder.INSTANCE, pipe);
        outbox = opened;
        opened.subscribe(service, view, have);
        // What callers may do may have changed before it was among the streams that are asked again.
        checkAgain();
        opened.tell(service, view);
    }

    @Override
    public void onReady() {
        onLoop(() -> {
            if (outbox != null) {
                outbox.onReady();
            }
        });
    }

    /** Its place among the streams is kept until the call has ended: until then it still costs what waits for it. */
    private void onGivenUp(String reason) {
        release(reason);
    }

    @Override
    public void onCancel() {
        onLoop(() -> {
            pipe.broken();
            end("its watch was cancelled");
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> end("its watch ended"));
    }

    @Override
    public void goAway(GoAway reason) {
        onLoop(() -> {
            pipe.send(ServerMessage.newBuilder().setGoAway(reason).build());
            pipe.close(Status.UNAVAILABLE.withDescription("the server is leaving; watch anew"));
            end("it was told to leave");
        });
    }

    @Override
    public void checkAgain() {
        onLoop(() -> {
            if (outbox == null || pipe.isClosed()) {
                return;
            }
            try {
                outbox.services().forEach(service -> context.access().check(caller, Role.READ, service, "Watch"));
            } catch (RegistryException refusal) {
                pipe.close(Refusals.status(refusal));
                end("it may not hear any more what it heard");
            }
        });
    }

    private void end(String reason) {
        if (ended) {
            return;
        }
        ended = true;
        if (client != null) {
            context.streams().leave(this, peer);
        }
        release(reason);
    }

    private void release(String reason) {
        if (client != null) {
            context.clients().close(client, Departure.LOST, reason);
        }
        if (outbox != null) {
            outbox.close();
        }
    }

    private void onLoop(Runnable event) {
        loop.run(event);
    }
}
