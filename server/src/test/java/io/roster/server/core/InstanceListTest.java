// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Lists that are written out late must not be told from lists that are written out at once. */
class InstanceListTest {

    @Test
    void aListReadLateIsTheListOfItsRevision() {
        House house = House.withOneLoop();
        Provider a = house.provider("a");
        for (int port = 1; port <= 100; port++) {
            a.registers("orders", "10.0.0.1:" + port);
        }
        house.settle();
        ServiceSnapshot hundred = house.registry().snapshot(Words.service("orders"));
        a.deregisters("orders", "10.0.0.1:50");
        house.settle();
        ServiceSnapshot fewer = house.registry().snapshot(Words.service("orders"));
        a.registers("orders", Words.at("10.0.0.1:50").withWeight(7));
        house.settle();
        ServiceSnapshot weighted = house.registry().snapshot(Words.service("orders"));

        assertThat(weighted.find(Words.key("10.0.0.1:50"))).hasFieldOrPropertyWithValue("weight", 7.0);
        assertThat(fewer.find(Words.key("10.0.0.1:50"))).isNull();
        assertThat(fewer.all().instances()).hasSize(99);
        assertThat(weighted.all().instances()).hasSize(100);
        assertThat(hundred.all().instances()).hasSize(100);
        assertThat(hundred.find(Words.key("10.0.0.1:50"))).hasFieldOrPropertyWithValue("weight", 1.0);
    }

    @Property(tries = 60)
    void everyRevisionReadAtAnyMomentIsTheModels(@ForAll long seed) {
        House house = House.withOneLoop();
        Provider a = house.provider("a");
        Random chance = new Random(seed);
        TreeMap<InstanceKey, Instance> model = new TreeMap<>();
        Map<ServiceSnapshot, List<Instance>> unread = new LinkedHashMap<>();
        for (int step = 0; step < 300; step++) {
            for (int i = chance.nextInt(4); i >= 0; i--) {
                change(a, chance, model);
            }
            house.settle();
            unread.put(house.registry().snapshot(Words.service("orders")), new ArrayList<>(model.values()));
            if (chance.nextInt(20) == 0) {
                assertAsModelled(unread, chance);
                unread.clear();
            }
        }
        assertAsModelled(unread, chance);
    }

    private static void change(Provider a, Random chance, Map<InstanceKey, Instance> model) {
        String address = "10.0.0." + chance.nextInt(3) + ':' + (1 + chance.nextInt(40));
        InstanceKey key = Words.key(address);
        if (chance.nextInt(3) == 0) {
            if (model.remove(key) != null) {
                a.deregisters("orders", address);
            }
        } else {
            Instance instance = Words.at(address).withWeight(chance.nextInt(3));
            model.put(key, instance);
            a.registers("orders", instance);
        }
    }

    private static void assertAsModelled(Map<ServiceSnapshot, List<Instance>> unread, Random chance) {
        List<Map.Entry<ServiceSnapshot, List<Instance>>> shuffled = new ArrayList<>(unread.entrySet());
        Collections.shuffle(shuffled, chance);
        shuffled.forEach(each -> {
            Listing listing = each.getKey().all();
            each.getValue()
                    .forEach(instance ->
                            assertThat(each.getKey().find(instance.key())).isEqualTo(instance));
            assertThat(listing.instances()).isEqualTo(each.getValue());
            assertThat(listing.total()).isEqualTo(each.getValue().size());
            assertThat(listing.digest())
                    .isEqualTo(
                            each.getValue().stream().mapToLong(Instance::digest).sum());
        });
    }
}
