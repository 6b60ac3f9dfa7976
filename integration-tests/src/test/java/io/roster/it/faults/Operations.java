// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import io.roster.bench.wire.Listed;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Numbers operations and notes what becomes of them. Any thread. */
final class Operations {

    private final History history;
    private final AtomicInteger last = new AtomicInteger();

    Operations(History history) {
        this.history = history;
    }

    int count() {
        return last.get();
    }

    /** Notes that a client is about to register. What it registers carries the operation's number. */
    Listed register(String client, String service, Address address, double weight) {
        int op = last.incrementAndGet();
        Listed instance = new Listed(
                address, "DEFAULT", weight, true, Map.of(Listed.VERSION, Integer.toString(op), "by", client));
        invoked(op, client, service, address, instance);
        return instance;
    }

    /** Notes that a client is about to take back; its number. */
    int deregister(String client, String service, Address address) {
        int op = last.incrementAndGet();
        invoked(op, client, service, address, null);
        return op;
    }

    private void invoked(int op, String client, String service, Address address, @Nullable Listed instance) {
        history.add(at -> new Event.Invoked(at, op, client, service, address, instance));
    }

    static int number(Listed instance) {
        return Integer.parseInt(instance.version());
    }

    void done(int op) {
        done(op, 0, 0);
    }

    void done(int op, long epoch, long revision) {
        history.add(at -> new Event.Acknowledged(at, op, epoch, revision));
    }

    void refused(int op, String why) {
        history.add(at -> new Event.Refused(at, op, why));
    }

    void unanswered(int op, String why) {
        history.add(at -> new Event.Unanswered(at, op, why));
    }
}
