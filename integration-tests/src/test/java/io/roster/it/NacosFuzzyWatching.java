// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.listener.AbstractFuzzyWatchEventWatcher;
import com.alibaba.nacos.api.naming.listener.FuzzyWatchChangeEvent;
import com.alibaba.nacos.api.naming.pojo.ListView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What only clients of 3.x can do: a class of its own, which older ones need not load. */
final class NacosFuzzyWatching {

    private NacosFuzzyWatching() {}

    static void run(NacosScenario scenario) throws Exception {
        NamingService naming = scenario.naming();
        NamingService provider = scenario.connect();
        for (int i = 0; i < 25; i++) {
            provider.registerInstance("fuzzy-" + i, "10.0.0.1", 1);
        }
        provider.registerInstance("other", "10.0.0.1", 1);
        Set<String> known = ConcurrentHashMap.newKeySet();
        AbstractFuzzyWatchEventWatcher watcher = new AbstractFuzzyWatchEventWatcher() {
            @Override
            public void onEvent(FuzzyWatchChangeEvent event) {
                if (event.getChangeType().equals("ADD_SERVICE")) {
                    known.add(event.getServiceName());
                } else {
                    known.remove(event.getServiceName());
                }
            }
        };
        ListView<String> initial = naming.fuzzyWatchWithServiceKeys("fuzzy-*", "DEFAULT_GROUP", watcher)
                .get(10, TimeUnit.SECONDS);
        NacosScenario.check("initial " + initial, initial.getData().size() == 25);
        NacosScenario.await("all told", () -> known.size() == 25);
        provider.registerInstance("fuzzy-new", "10.0.0.1", 1);
        provider.deregisterInstance("fuzzy-0", "10.0.0.1", 1);
        NacosScenario.await("changes " + known, () -> known.contains("fuzzy-new") && !known.contains("fuzzy-0"));
        AbstractFuzzyWatchEventWatcher nothing = new AbstractFuzzyWatchEventWatcher() {
            @Override
            public void onEvent(FuzzyWatchChangeEvent event) {}
        };
        NacosScenario.check(
                "nothing matches",
                naming.fuzzyWatchWithServiceKeys("none*", "DEFAULT_GROUP", nothing)
                        .get(10, TimeUnit.SECONDS)
                        .getData()
                        .isEmpty());
        provider.shutDown();
        NacosScenario.await("the provider's end " + known, known::isEmpty);
    }
}
