// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.roster.proto.nacos.Payload;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Departure;
import io.roster.server.core.RegistryException;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Fanout;
import io.roster.server.transport.Pushback;
import io.roster.server.transport.StreamPipe;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that makes a connection a client: it begins with ConnectionSetupRequest; all that follows are answers to what
 * the server sends. Confined to one push loop, on real connections the very loop that reads it; callbacks that come
 * elsewhere are posted to it.
 */
final class ConnectionStream extends ServerCall.Listener<Payload> {

    private static final Logger log = LoggerFactory.getLogger(ConnectionStream.class);

    private static final String SETUP = "ConnectionSetupRequest";

    private final NacosContext context;
    private final Connection connection;
    private final Fanout fanout;
    private final EventLoop loop;
    private final StreamPipe pipe;
    private @Nullable Session session;
    private boolean counted;

    ConnectionStream(NacosContext context, Fanout fanout, ServerCall<?, Object> call) {
        this.context = context;
        this.connection = Connection.of(call.getAttributes());
        this.fanout = fanout;
        this.loop = fanout.loop();
        this.pipe = new StreamPipe(call, this::onGivenUp);
    }

    /** Lets the stream in, or ends it at once. */
    ConnectionStream open() {
        onLoop(() -> {
            try {
                context.admission().enter(connection.peer());
                counted = true;
                pipe.open();
            } catch (RegistryException refusal) {
                refuse(String.valueOf(refusal.getMessage()), refusal.retryAfterMs());
            }
        });
        return this;
    }

    private void refuse(String reason, long retryAfterMs) {
        log.debug("connection {} refused: {}", connection.id(), reason);
        pipe.close(Status.RESOURCE_EXHAUSTED.withDescription(reason).asRuntimeException(Pushback.of(retryAfterMs)));
    }

    @Override
    public void onMessage(Payload message) {
        onLoop(() -> {
            if (pipe.isClosed()) {
                return;
            }
            byte[] body = message.getBody().getValue().toByteArray();
            try {
                if (message.getMetadata().getType().equals(SETUP)) {
                    setUp(SetupBody.read(body));
                } else if (session != null) {
                    session.touch();
                    session.onAck(AckBody.read(body));
                }
            } catch (IOException unreadable) {
                onUnreadable(message.getMetadata().getType(), unreadable);
            }
            pipe.took();
        });
    }

    /** An answer that cannot be read is as good as none. A client that cannot be set up would wait in vain. */
    private void onUnreadable(String type, IOException unreadable) {
        log.debug("{} of {} cannot be read: {}", type, connection.id(), unreadable.getMessage());
        if (session == null) {
            pipe.close(Status.INVALID_ARGUMENT.withDescription(JsonReader.problem(unreadable)));
        }
    }

    private void setUp(SetupBody setup) {
        ConnectionBasedClient client =
                new ConnectionBasedClient(connection.id(), setup.info(connection.peer()), loop.nowMs());
        if (session != null || !context.clients().open(client)) {
            refuse("it is set up already, or there are too many clients", 0);
            return;
        }
        if (setup.negotiates()) {
            pipe.send(Payloads.of("SetupAckRequest", json -> {
                json.writeObjectFieldStart("headers");
                json.writeEndObject();
                json.writeObjectFieldStart("abilityTable");
                json.writeBooleanField("fuzzyWatch", true);
                json.writeEndObject();
                json.writeStringField("module", "internal");
            }));
        }
        SessionRound round = context.round(fanout);
        Session opened = new Session(context, connection, client, fanout, round, pipe);
        session = opened;
        if (!connection.enter(opened)) {
            opened.end(Departure.LOST, "its connection ended");
        }
    }

    @Override
    public void onReady() {
        onLoop(() -> {
            if (session != null) {
                session.onReady();
            }
            pipe.resume();
        });
    }

    @Override
    public void onHalfClose() {
        onLoop(() -> {
            pipe.close(Status.OK);
            end(Departure.GOODBYE, "it said goodbye");
        });
    }

    /** It stays counted until the call has ended: until then it still costs what waits for it. */
    private void onGivenUp(String reason) {
        if (session != null) {
            session.end(Departure.LOST, reason);
        }
    }

    @Override
    public void onCancel() {
        onLoop(() -> {
            pipe.broken();
            end(Departure.LOST, "its stream broke");
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> end(Departure.LOST, "its stream ended"));
    }

    private void end(Departure departure, String reason) {
        if (counted) {
            counted = false;
            context.admission().leave(connection.peer());
        }
        if (session != null) {
            session.end(departure, reason);
        }
    }

    private void onLoop(Runnable event) {
        loop.run(event);
    }
}
