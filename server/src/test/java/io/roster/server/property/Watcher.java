// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.fixture.House;
import io.roster.server.property.Model.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks at the lists that everybody may read after every single command of any loop: revisions grow by one and only with a
 * change, digests fit, and what was acknowledged stays visible until somebody says otherwise.
 */
final class Watcher {

    private final House house;
    private final List<String> services;
    private final Map<String, ServiceSnapshot> last = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private final Map<Place, Instance> acknowledged = new HashMap<>();
    private final Map<Place, Integer> turns = new HashMap<>();

    Watcher(House house, List<String> services) {
        this.house = house;
        this.services = services;
    }

    /** Somebody may change what is seen at a place: what was acknowledged before binds nobody any more. */
    int touch(Place place) {
        acknowledged.remove(place);
        return turns.merge(place, 1, Integer::sum);
    }

    /** A registration was acknowledged, in the turn that it was made. */
    void acknowledge(Place place, Instance instance, int turn) {
        if (Objects.equals(turns.get(place), turn)) {
            acknowledged.put(place, instance);
            seen(place, instance);
        }
    }

    void look() {
        for (String service : services) {
            look(service, house.snapshot(service));
        }
        acknowledged.forEach(this::seen);
    }

    private void look(String service, ServiceSnapshot now) {
        ServiceSnapshot before = last.put(service, now);
        if (now == before) {
            return;
        }
        List<Instance> list = now.all().instances();
        assertThat(now.all().digest())
                .as("digest of %s", now)
                .isEqualTo(list.stream().mapToLong(Instance::digest).sum());
        assertThat(now.all().healthy()).as("healthy in %s", now).isEqualTo((int)
                list.stream().filter(Instance::isHealthy).count());
        assertThat(list).extracting(Instance::key).isSorted().doesNotHaveDuplicates();
        List<Instance> listBefore = before == null ? List.of() : before.all().instances();
        if (before != null && before.revision() == now.revision()) {
            assertThat(list).as("one revision, one list").isEqualTo(listBefore);
        } else if (!list.isEmpty() || !listBefore.isEmpty()) {
            boolean sameFlag = before == null || before.isGuarded() == now.isGuarded();
            changed(service, before == null ? 0 : before.revision(), listBefore, sameFlag, now);
        }
        highest.merge(service, now.revision(), Math::max);
    }

    private void changed(
            String service, long revisionBefore, List<Instance> listBefore, boolean sameFlag, ServiceSnapshot now) {
        if (sameFlag) {
            assertThat(now.all().instances()).as("a revision without a change").isNotEqualTo(listBefore);
        }
        long most = highest.getOrDefault(service, 0L);
        assertThat(now.revision()).as("a revision that was there before").isGreaterThan(most);
        // An empty service may be dropped and come back, and then goes on above all that were dropped.
        if (!listBefore.isEmpty() && !now.all().instances().isEmpty()) {
            assertThat(now.revision()).as("one change, one revision").isEqualTo(revisionBefore + 1);
        }
    }

    private void seen(Place place, Instance instance) {
        InstanceKey key = place.key();
        assertThat(house.snapshot(place.service()).find(key))
                .as("%s of %s was acknowledged", key, place.service())
                .isEqualTo(instance);
    }
}
