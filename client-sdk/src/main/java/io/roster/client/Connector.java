// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import com.google.protobuf.ByteString;
import io.roster.proto.v1.GoAway;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Welcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session in use: opens it, opens the next when it breaks or is asked to leave, and tells its users. On a go-away the next session is made before the old one is left, so that what is published has no gap:
 *
 * <pre>
 *   current --go away--------------------> leaving --all is published again--> left
 *                    candidate --ready--> current
 * </pre>
 *
 * All state belongs to the loop; any thread may read {@link #status}.
 */
final class Connector implements Session.Owner {
    private static final Logger log = LoggerFactory.getLogger(Connector.class);

    /** What the server of an address calls a session, so that it can go on. */
    private record SessionId(ServerAddress address, ByteString id) {
        @Override
        public String toString() {
            return "a session at " + address;
        }
    }

    private final Loop loop;
    private final Channels channels;
    private final ServerAddresses addresses;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Hello hello;
    private final Identity identity;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private List<SessionUser> users = List.of();
    private @Nullable Session current;
    private @Nullable Session candidate;
    /** Only keeps alive what the current session has not published yet. */
    private @Nullable Session leaving;

    private Loop.@Nullable Timer retry;
    /** Forgets the failed attempts once a session has lasted: a server that drops everybody must not be stormed. */
    private Loop.@Nullable Timer steady;

    private @Nullable SessionId last;
    private int attempt;
    private boolean isClosing;
    private @Nullable String lastAddress;
    private @Nullable String lastError;
    private volatile ServerStatus status = new ServerStatus(ServerStatus.State.CONNECTING, null, null, null, null);

    Connector(
            Loop loop,
            Channels channels,
            List<ServerAddress> servers,
            RandomGenerator random,
            Hello hello,
            Identity identity) {
        this.loop = loop;
        this.channels = channels;
        this.addresses = new ServerAddresses(servers, random);
        this.random = random;
        this.backoff = new Backoff(ClientSettings.RECONNECT_FIRST_MS, ClientSettings.RECONNECT_MAX_MS, random);
        this.hello = hello;
        this.identity = identity;
    }

    /** Any thread. */
    ServerStatus status() {
        return status;
    }

    /** Opens the first session. The users are told of each session in this order. */
    void start(List<SessionUser> sessionUsers) {
        assert loop.inLoop();
        users = List.copyOf(sessionUsers);
        connect();
    }

    /** Opens a session unless one is being opened; the one in use, if any, stays in use until then. */
    private void connect() {
        retry = null;
        if (isClosing || candidate != null) {
            return;
        }
        ServerAddress address = addresses.next();
        if (current != null && address.equals(current.address())) {
            address = addresses.next();
        }
        lastAddress = address.toString();
        updateStatus();
        try {
            candidate = new Session(
                    loop, address, channels.open(address), new Pass(loop, identity), helloTo(address), this);
        } catch (RuntimeException e) {
            log.warn("cannot connect to {}", address, e);
            lastError = String.valueOf(e.getMessage());
            retryLater(0);
        }
    }

    /** A session that has broken goes on where it was; one that still lives is left in good order by its successor. */
    private Hello helloTo(ServerAddress address) {
        return current == null && last != null && last.address().equals(address)
                ? hello.toBuilder().setSession(last.id()).build()
                : hello;
    }

    /** Leaves the server in good order. The answer comes when the stream has ended, soon in any case. */
    CompletableFuture<Void> close() {
        assert loop.inLoop();
        isClosing = true;
        cancel(retry);
        cancel(steady);
        for (Session session : open(candidate, leaving, current)) {
            session.leave();
        }
        updateStatus();
        completeIfClosed();
        return closed;
    }

    @Override
    public void onReady(Session session) {
        Session old = current;
        current = session;
        candidate = null;
        Welcome welcome = session.welcome();
        last = new SessionId(session.address(), welcome.getSession());
        log.info(
                "connected {}to {} (server {}, client {})",
                welcome.getResumed() ? "again " : "",
                session.address(),
                welcome.getServerId(),
                welcome.getClientId());
        cancel(steady);
        steady = loop.schedule(ClientSettings.RECONNECT_MAX_MS, () -> attempt = 0);
        updateStatus();
        if (old != null) {
            old.retire();
        }
        users.forEach(user -> user.onReady(session));
        if (old != null) {
            replace(old, session);
        }
    }

    @Override
    public void onPush(Session session, ServerMessage push) {
        if (session == current) {
            users.forEach(user -> user.onPush(push));
        }
    }

    @Override
    public void onGoAway(Session session, GoAway goAway) {
        if (session != current || isClosing || retry != null || candidate != null) {
            return;
        }
        log.info("{} asks to leave: {} {}", session.address(), goAway.getReason(), goAway.getMessage());
        lastError = "go away: " + goAway.getReason() + " " + goAway.getMessage();
        retry = loop.schedule(leaveDelayMs(goAway), this::connect);
    }

    /** To another server at once, unless they send one from the one to the other; to the only one as it asks. */
    private long leaveDelayMs(GoAway goAway) {
        if (addresses.haveAnother()) {
            return attempt++ == 0 ? 0 : backoff.delayMs(attempt);
        }
        long askedMs = Math.min(Math.max(goAway.getReconnectDelayMs(), 0), ClientSettings.MAX_GO_AWAY_MS);
        return askedMs + random.nextLong(askedMs / 2 + 1) + backoff.delayMs(attempt++);
    }

    @Override
    public void onEnd(Session session, String cause, long retryAfterMs) {
        boolean isWanted = session == current || session == candidate;
        if (session == current) {
            log.info("{} {}: {}", isClosing ? "left" : "lost connection to", session.address(), cause);
            current = null;
            users.forEach(SessionUser::onLost);
        } else if (session == candidate) {
            log.debug("no connection to {}: {}", session.address(), cause);
            candidate = null;
        } else if (session == leaving) {
            leaving = null;
        }
        if (isWanted) {
            lastError = cause;
        }
        if (isClosing) {
            completeIfClosed();
        } else if (isWanted) {
            retryLater(addresses.haveAnother() ? 0 : retryAfterMs);
        }
        updateStatus();
    }

    /** Leaves the old session when all that was published on it is published on the new one, or cannot be for now. */
    private void replace(Session old, Session session) {
        if (leaving != null) {
            leaving.leave();
        }
        leaving = old;
        session.whenAnswered(old::leave);
        loop.schedule(ClientSettings.CONNECT_TIMEOUT_MS, old::leave);
    }

    private void retryLater(long askedMs) {
        cancel(steady);
        if (candidate == null && retry == null) {
            retry = loop.schedule(backoff.delayMs(attempt++, askedMs), this::connect);
        }
    }

    private void completeIfClosed() {
        if (open(candidate, leaving, current).isEmpty()) {
            closed.complete(null);
        }
    }

    private void updateStatus() {
        Session session = current;
        ServerStatus.State state = isClosing
                ? ServerStatus.State.CLOSED
                : session == null ? ServerStatus.State.CONNECTING : ServerStatus.State.CONNECTED;
        String address = session != null ? session.address().toString() : lastAddress;
        status = new ServerStatus(
                state,
                address,
                session == null ? null : session.welcome().getServerId(),
                session == null ? null : session.welcome().getClientId(),
                lastError);
    }

    private static List<Session> open(@Nullable Session... sessions) {
        return Stream.of(sessions).filter(Objects::nonNull).toList();
    }

    private static void cancel(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
