// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.it.history.Event;
import io.roster.it.history.Hearing;
import io.roster.it.history.History;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.Subscribe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Subscribes by native streams, one after the other, each going on where the last one ended. */
final class StreamReader implements Reader {

    private static final long PAUSE_MS = 100;

    private final String name;
    private final History history;
    private final Line line;
    /** Guarded by this. By service. */
    private final Map<String, Mirror> mirrors = new HashMap<>();

    private final Thread keeper;
    private volatile @Nullable NativeStream stream;
    private volatile boolean isStalled;
    private volatile boolean isClosed;

    StreamReader(String name, History history, Line line, List<String> services) {
        this.name = name;
        this.history = history;
        this.line = line;
        for (String service : services) {
            mirrors.put(service, new Mirror());
            history.add(at -> new Event.Subscribed(at, name, service, Hearing.COUNTED));
        }
        keeper = new Thread(this::keepOpen, name);
        keeper.setDaemon(true);
        keeper.start();
    }

    private void keepOpen() {
        while (!isClosed) {
            NativeStream open = stream;
            if (open == null || !open.isOpen()) {
                connect();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private void connect() {
        NativeStream[] self = new NativeStream[1];
        NativeStream next = new NativeStream(line, message -> onList(self, message), () -> {});
        self[0] = next;
        next.stall(isStalled);
        stream = next;
        if (!next.open(name)) {
            next.abandon();
            return;
        }
        for (String service : services()) {
            subscribe(next, service, true);
        }
    }

    private synchronized List<String> services() {
        return List.copyOf(mirrors.keySet());
    }

    private void subscribe(NativeStream on, String service, boolean resumes) {
        Subscribe.Builder subscribe = Subscribe.newBuilder().setService(Lists.ref(service));
        synchronized (this) {
            Mirror mirror = mirrors.get(service);
            if (resumes && mirror != null && mirror.isTold()) {
                subscribe.setHave(mirror.have());
            }
        }
        Reply reply = on.ask(ClientMessage.newBuilder().setSubscribe(subscribe));
        if (reply == null || reply.getCode() != Reply.Code.OK) {
            on.abandon();
        }
    }

    /** What an older stream still has to say is not heard any more. */
    private void onList(NativeStream[] from, ServerMessage message) {
        NativeStream current = stream;
        if (current == null || from[0] != current || isClosed) {
            return;
        }
        String service = message.hasSnapshot()
                ? message.getSnapshot().getService().getName()
                : message.getDiff().getService().getName();
        synchronized (this) {
            Mirror mirror = mirrors.get(service);
            if (mirror == null) {
                return;
            }
            if (mirror.apply(message)) {
                history.add(at -> new Event.Told(at, name, service, mirror.listing()));
            } else {
                history.add(at ->
                        new Event.Misfit(at, name, service, message.getDiff().getFromRevision()));
            }
        }
    }

    @Override
    public void stall(boolean stalled) {
        isStalled = stalled;
        NativeStream current = stream;
        if (current != null) {
            current.stall(stalled);
        }
    }

    @Override
    public void close() {
        history.add(at -> new Event.Unsubscribed(at, name));
        isClosed = true;
        keeper.interrupt();
        NativeStream current = stream;
        if (current != null) {
            current.close();
        }
    }
}
