// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;
import java.util.ArrayList;
import java.util.List;

/** One service as one push loop knows it: its newest list and the slots that hear it. Confined to the push loop. */
final class Topic {

    private final ServiceName service;
    private final List<Slot> slots = new ArrayList<>(1);
    private ServiceSnapshot latest;

    Topic(ServiceSnapshot latest) {
        this.service = latest.service();
        this.latest = latest;
    }

    ServiceName service() {
        return service;
    }

    ServiceSnapshot latest() {
        return latest;
    }

    /**
     * Takes a list in.
     *
     * @return false if it is no newer than the one known
     */
    boolean renew(ServiceSnapshot snapshot) {
        if (snapshot.revision() <= latest.revision()) {
            return false;
        }
        latest = snapshot;
        return true;
    }

    List<Slot> slots() {
        return slots;
    }

    void add(Slot slot) {
        slot.index = slots.size();
        slots.add(slot);
    }

    void remove(Slot slot) {
        Slot last = slots.remove(slots.size() - 1);
        if (last != slot) {
            slots.set(slot.index, last);
            last.index = slot.index;
        }
    }
}
