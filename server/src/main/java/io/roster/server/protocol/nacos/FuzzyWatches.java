// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.loop.EventLoop;
import io.roster.server.push.Pipe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** The fuzzy watches of one client, at most one for each pattern. Confined to the session's loop. */
final class FuzzyWatches {

    private final NacosContext context;
    private final EventLoop loop;
    private final Pipe pipe;
    private final Map<FuzzyPattern, FuzzyWatch> watches = new HashMap<>(2);

    FuzzyWatches(NacosContext context, EventLoop loop, Pipe pipe) {
        this.context = context;
        this.loop = loop;
        this.pipe = pipe;
    }

    /**
     * Begins or ends a watch.
     *
     * @param readable which services its client may hear of
     */
    void onRequest(RequestBody body, Predicate<ServiceName> readable, Answer answer) {
        FuzzyPattern pattern = FuzzyPattern.of(body.pattern);
        switch (body.watchType) {
            case "WATCH" -> watch(pattern, readable, held(pattern, body.receivedKeys), body.initializing, answer);
            case "CANCEL_WATCH" -> {
                FuzzyWatch watch = watches.remove(pattern);
                if (watch != null) {
                    watch.close();
                }
                answer.ok(json -> {});
            }
            default -> throw RegistryException.invalid("watchType", body.watchType, "WATCH or CANCEL_WATCH");
        }
    }

    private static List<ServiceName> held(FuzzyPattern pattern, List<String> keys) {
        return keys.stream()
                .map(FuzzyPattern::name)
                .filter(Objects::nonNull)
                .filter(pattern::matches)
                .distinct()
                .limit(2L * FuzzyWatch.MAX_MATCHES)
                .toList();
    }

    private void watch(
            FuzzyPattern pattern,
            Predicate<ServiceName> readable,
            List<ServiceName> held,
            boolean initially,
            Answer answer) {
        FuzzyWatch watch = watches.get(pattern);
        if (watch == null) {
            watch = new FuzzyWatch(context, loop, pipe, pattern);
            if (!context.patterns().enter(watch)) {
                answer.refuse(
                        ErrorCode.TOO_MANY_PATTERNS,
                        "fuzzy watch pattern count is over limit: " + FuzzyPatterns.MAX_PATTERNS);
                return;
            }
            watches.put(pattern, watch);
        }
        watch.level(
                readable,
                held.stream().filter(readable).toList(),
                initially,
                all -> answer.guard(() -> {
                    if (all) {
                        answer.ok(json -> {});
                    } else {
                        answer.refuse(
                                ErrorCode.TOO_MANY_MATCHES,
                                "fuzzy watch pattern matched service count is over limit: " + FuzzyWatch.MAX_MATCHES);
                    }
                }));
    }

    /** The client has read what was under way. */
    void onReady() {
        watches.values().forEach(FuzzyWatch::tell);
    }

    /** The server has settled. */
    void settle() {
        watches.values().forEach(FuzzyWatch::settle);
    }

    /** What callers may do has changed. */
    void checkAgain() {
        watches.values().forEach(FuzzyWatch::checkAgain);
    }

    void close() {
        watches.values().forEach(FuzzyWatch::close);
        watches.clear();
    }
}
