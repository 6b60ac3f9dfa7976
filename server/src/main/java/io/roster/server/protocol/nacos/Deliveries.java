// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists that a client was sent and has not acknowledged: at most one for each service, the newest. Confined to the
 * session's loop.
 */
final class Deliveries {

    /** How long a client may take; after that it is sent the list as it is by then. */
    static final long ANSWER_MS = 5_000;

    private record Delivery(ServiceName service, String pushId, long sentMs) {}

    /** In the order of sending. */
    private final Map<ServiceName, Delivery> outstanding = new LinkedHashMap<>(2);

    private final Map<String, Delivery> byPushId = new HashMap<>(2);

    void sent(ServiceInfo list, long nowMs) {
        forget(list.service());
        Delivery delivery = new Delivery(list.service(), list.pushId(), nowMs);
        outstanding.put(list.service(), delivery);
        byPushId.put(list.pushId(), delivery);
    }

    /** The client has this list; one that nobody waits for is ignored. */
    void acknowledged(String pushId) {
        Delivery delivery = byPushId.remove(pushId);
        if (delivery != null) {
            outstanding.remove(delivery.service());
        }
    }

    /** No answer is waited for any more. */
    void forget(ServiceName service) {
        Delivery delivery = outstanding.remove(service);
        if (delivery != null) {
            byPushId.remove(delivery.pushId());
        }
    }

    /** The services whose list was not acknowledged in time; no answer is waited for any more. */
    List<ServiceName> overdue(long nowMs) {
        List<ServiceName> late = new ArrayList<>();
        Iterator<Delivery> oldestFirst = outstanding.values().iterator();
        while (oldestFirst.hasNext()) {
            Delivery delivery = oldestFirst.next();
            if (nowMs - delivery.sentMs() < ANSWER_MS) {
                break;
            }
            oldestFirst.remove();
            byPushId.remove(delivery.pushId());
            late.add(delivery.service());
        }
        return late;
    }

    int count() {
        return outstanding.size();
    }
}
