// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.NamesListener;
import io.roster.server.core.ServiceName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The patterns that clients watch, and who watches each. Thread: any. */
final class FuzzyPatterns implements NamesListener {

    /** Each name that comes or goes is compared with every pattern. Nacos has the same bound. */
    static final int MAX_PATTERNS = 20;

    private final Map<FuzzyPattern, Set<FuzzyWatch>> watches = new ConcurrentHashMap<>();

    /**
     * Lets a watch in.
     *
     * @return false if its pattern would be one too many
     */
    synchronized boolean enter(FuzzyWatch watch) {
        if (watches.size() >= MAX_PATTERNS && !watches.containsKey(watch.pattern())) {
            return false;
        }
        watches.computeIfAbsent(watch.pattern(), pattern -> ConcurrentHashMap.newKeySet())
                .add(watch);
        return true;
    }

    synchronized void leave(FuzzyWatch watch) {
        watches.computeIfPresent(watch.pattern(), (pattern, watching) -> {
            watching.remove(watch);
            return watching.isEmpty() ? null : watching;
        });
    }

    @Override
    public void onListed(ServiceName service) {
        tell(service);
    }

    @Override
    public void onUnlisted(ServiceName service) {
        tell(service);
    }

    private void tell(ServiceName service) {
        watches.forEach((pattern, watching) -> {
            if (pattern.matches(service)) {
                watching.forEach(watch -> watch.onName(service));
            }
        });
    }
}
