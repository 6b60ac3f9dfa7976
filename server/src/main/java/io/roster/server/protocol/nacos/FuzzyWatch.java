// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Pipe;
import io.roster.server.transport.EncodedMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client's watch on which services come and go. First the client is brought level, in batches; then it is told each
 * change. What waits for a slow reader are names, not messages, and what changed back meanwhile is not told.
 *
 * <p>Nothing is sent again: messages on one stream cannot overtake each other, and the client asks for the differences
 * every 3 minutes by itself. Confined to the session's loop, but for {@link #onName}.
 */
final class FuzzyWatch {

    /** How many services a client is told of. Nacos has the same bound. */
    static final int MAX_MATCHES = 500;

    /** With more changes waiting than this, it is cheaper to bring the client level again. */
    private static final int MAX_CHANGES = 2 * MAX_MATCHES;

    private static final int BATCH = 10;

    private final NacosContext context;
    private final EventLoop loop;
    private final Pipe pipe;
    private final FuzzyPattern pattern;
    private final Set<ServiceName> arrived = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean drainPosted = new AtomicBoolean();
    private final Set<ServiceName> told = new HashSet<>();
    private final Queue<EncodedMessage> batches = new ArrayDeque<>();
    private final Set<ServiceName> changed = new LinkedHashSet<>();
    private Predicate<ServiceName> readable = name -> false;
    private boolean levelling;

    /** Whether the client still waits to hear that it is level. */
    private boolean awaited;

    private boolean closed;

    FuzzyWatch(NacosContext context, EventLoop loop, Pipe pipe, FuzzyPattern pattern) {
        this.context = context;
        this.loop = loop;
        this.pipe = pipe;
        this.pattern = pattern;
    }

    FuzzyPattern pattern() {
        return pattern;
    }

    /** A service has come or gone. Any thread. */
    void onName(ServiceName name) {
        arrived.add(name);
        if (drainPosted.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    private void drain() {
        drainPosted.set(false);
        arrived.removeIf(name -> {
            if (readable.test(name)) {
                changed.add(name);
            }
            return true;
        });
        if (changed.size() > MAX_CHANGES && !levelling) {
            levelAgain();
        }
        tell();
    }

    private void levelAgain() {
        // What still waits in batches may not be known to the client: told twice is better than not at all.
        List<ServiceName> held = told.stream()
                .filter(name -> batches.isEmpty() || !context.registry().exists(name))
                .filter(readable)
                .toList();
        level(readable, held, false, all -> {});
    }

    /** What its client may hear of has changed: nothing that waits is told that it may not hear of any more. */
    void checkAgain() {
        if (!batches.isEmpty() && !levelling) {
            levelAgain();
        }
    }

    /**
     * Brings the client level.
     *
     * @param mayHear which services it may hear of
     * @param held what it knows of
     * @param initially whether it waits to hear when it is level
     * @param done is told whether it was told of all services that match; called before anything is sent
     */
    void level(Predicate<ServiceName> mayHear, List<ServiceName> held, boolean initially, Consumer<Boolean> done) {
        readable = mayHear;
        levelling = true;
        awaited |= initially;
        changed.clear();
        List<ServiceName> matching = new ArrayList<>();
        new NamesWalk(context.registry(), loop, pattern.namespace(), pattern.onlyGroup())
                .run(
                        name -> {
                            if (matching.size() <= MAX_MATCHES && pattern.matches(name) && readable.test(name)) {
                                matching.add(name);
                            }
                        },
                        () -> {
                            done.accept(matching.size() <= MAX_MATCHES);
                            levelling = false;
                            queue(held, matching, initially);
                            tell();
                        });
    }

    private void queue(List<ServiceName> held, List<ServiceName> matching, boolean initially) {
        told.clear();
        List<Change> changes = new ArrayList<>();
        for (ServiceName name : held) {
            if (!context.registry().exists(name) && context.settling().isSettled()) {
                changes.add(new Change(name, false));
            } else if (told.size() < MAX_MATCHES) {
                told.add(name);
            }
        }
        for (ServiceName name : matching) {
            if (told.size() < MAX_MATCHES && readable.test(name) && told.add(name)) {
                changes.add(new Change(name, true));
            }
        }
        batches.clear();
        String type = initially ? "FUZZY_WATCH_INIT_NOTIFY" : "FUZZY_WATCH_DIFF_SYNC_NOTIFY";
        int total = (changes.size() + BATCH - 1) / BATCH;
        for (int i = 0; i < total; i++) {
            batches.add(batch(
                    type, changes.subList(i * BATCH, Math.min((i + 1) * BATCH, changes.size())), total, i + 1));
        }
        if (awaited) {
            batches.add(batch("FINISH_FUZZY_WATCH_INIT_NOTIFY", List.of(), 1, 1));
        }
    }

    /** The server has settled: what the client holds from before and nobody has brought back is gone. */
    void settle() {
        told.stream().filter(name -> !context.registry().exists(name)).forEach(changed::add);
        tell();
    }

    /** Tells what waits, as far as the client reads. */
    void tell() {
        while (!closed && !levelling && pipe.isReady()) {
            EncodedMessage next = batches.poll();
            awaited &= !batches.isEmpty();
            if (next == null) {
                next = nextChange();
            }
            if (next == null) {
                return;
            }
            pipe.send(next);
        }
    }

    private @Nullable EncodedMessage nextChange() {
        while (!changed.isEmpty()) {
            ServiceName name = changed.iterator().next();
            changed.remove(name);
            if (!readable.test(name)) {
                continue;
            }
            boolean exists = context.registry().exists(name);
            boolean isNews = exists ? told.size() < MAX_MATCHES && told.add(name) : told.remove(name);
            if (isNews) {
                return change(new Change(name, exists));
            }
        }
        return null;
    }

    void close() {
        closed = true;
        context.patterns().leave(this);
    }

    /** A service that has come, or gone. */
    private record Change(ServiceName name, boolean exists) {
        void write(JsonGenerator json) throws IOException {
            json.writeStringField("serviceKey", FuzzyPattern.key(name));
            json.writeStringField("changedType", exists ? "ADD_SERVICE" : "DELETE_SERVICE");
        }
    }

    private EncodedMessage batch(String syncType, List<Change> changes, int total, int current) {
        return Payloads.of("NamingFuzzyWatchSyncRequest", json -> {
            start(json, syncType);
            json.writeStringField("groupKeyPattern", pattern.toString());
            json.writeArrayFieldStart("contexts");
            for (Change change : changes) {
                json.writeStartObject();
                change.write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("totalBatch", total);
            json.writeNumberField("currentBatch", current);
        });
    }

    private EncodedMessage change(Change change) {
        return Payloads.of("NamingFuzzyWatchChangeNotifyRequest", json -> {
            start(json, "FUZZY_WATCH_RESOURCE_CHANGED");
            change.write(json);
        });
    }

    private void start(JsonGenerator json, String syncType) throws IOException {
        json.writeObjectFieldStart("headers");
        json.writeEndObject();
        json.writeStringField("requestId", context.requestIds().get());
        json.writeStringField("syncType", syncType);
        json.writeStringField("module", "naming");
    }
}
