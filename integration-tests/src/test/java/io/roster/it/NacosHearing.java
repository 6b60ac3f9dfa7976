// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import com.alibaba.nacos.api.naming.pojo.ListView;
import com.alibaba.nacos.client.naming.selector.NamingSelectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a consumer does; part of a {@link NacosScenario}. */
final class NacosHearing {

    private final NacosScenario scenario;
    private final NamingService naming;

    NacosHearing(NacosScenario scenario) {
        this.scenario = scenario;
        this.naming = scenario.naming();
    }

    void reading() throws Exception {
        NamingService provider = scenario.connect();
        Instance sick = NacosScenario.full("10.0.0.1", 1);
        sick.setHealthy(false);
        Instance hidden = NacosScenario.full("10.0.0.2", 2);
        hidden.setEnabled(false);
        Instance green = NacosScenario.full("10.0.0.3", 3);
        green.setClusterName("green");
        provider.batchRegisterInstance(
                "mixed", "DEFAULT_GROUP", List.of(sick, hidden, green, NacosScenario.full("10.0.0.4", 4)));
        NacosScenario.check("fresh", naming.getAllInstances("mixed", false).size() == 3);
        NacosScenario.check("cached", naming.getAllInstances("mixed", true).size() == 3);
        NacosScenario.check(
                "healthy", naming.selectInstances("mixed", true, false).size() == 2);
        NacosScenario.check(
                "unhealthy", naming.selectInstances("mixed", false, false).size() == 1);
        NacosScenario.check(
                "clusters",
                naming.getAllInstances("mixed", List.of("green"), false).size() == 1);
        NacosScenario.check(
                "clusters, cached",
                naming.getAllInstances("mixed", List.of("green"), true).size() == 1);
        NacosScenario.check(
                "one",
                Set.of(3, 4)
                        .contains(
                                naming.selectOneHealthyInstance("mixed", false).getPort()));
        NacosScenario.check(
                "one, cached", naming.selectOneHealthyInstance("mixed").isHealthy());
        for (int i = 0; i < 25; i++) {
            provider.registerInstance("page-" + (char) ('a' + i), "paged", "10.0.1." + i, 1);
        }
        ListView<String> first = naming.getServicesOfServer(1, 20, "paged");
        ListView<String> second = naming.getServicesOfServer(2, 20, "paged");
        NacosScenario.check("count", first.getCount() == 25 && second.getCount() == 25);
        NacosScenario.check(
                "pages", first.getData().size() == 20 && second.getData().size() == 5);
        NacosScenario.check(
                "order",
                first.getData().get(0).equals("page-a")
                        && second.getData().get(4).equals("page-y"));
    }

    void hearing() throws Exception {
        NamingService provider = scenario.connect();
        NacosScenario.Heard all = new NacosScenario.Heard();
        NacosScenario.Heard blue = new NacosScenario.Heard();
        naming.subscribe("heard", all);
        naming.subscribe("heard-blue", List.of("blue"), blue);
        provider.registerInstance("heard", "10.0.0.1", 1);
        all.await(Set.of("10.0.0.1"));
        Instance moved = NacosScenario.full("10.0.0.2", 2);
        provider.registerInstance("heard", moved);
        all.await(Set.of("10.0.0.2"));
        NacosScenario.check(
                "what is subscribed is cached", naming.getAllInstances("heard").size() == 1);
        NacosScenario.check("subscriptions", naming.getSubscribeServices().size() == 2);
        Instance green = NacosScenario.full("10.0.0.3", 3);
        green.setClusterName("green");
        provider.batchRegisterInstance(
                "heard-blue", "DEFAULT_GROUP", List.of(green, NacosScenario.full("10.0.0.4", 4)));
        blue.await(Set.of("10.0.0.4"));
        provider.deregisterInstance("heard", moved);
        all.await(Set.of());
        naming.unsubscribe("heard", all);
        TimeUnit.MILLISECONDS.sleep(300);
        int before = all.events;
        provider.registerInstance("heard", "10.0.0.5", 5);
        TimeUnit.MILLISECONDS.sleep(1_000);
        NacosScenario.check("unsubscribed", all.events == before);
        provider.shutDown();
        blue.await(Set.of());
    }

    /** What clients before 2.x do, over HTTP: each address is a publisher of its own. */
    void overHttp() throws Exception {
        NamingService provider = scenario.connect();
        NacosScenario.Heard heard = new NacosScenario.Heard();
        naming.subscribe("legacy", heard);
        provider.registerInstance("legacy", "10.0.0.1", 1);
        heard.await(Set.of("10.0.0.1"));
        provider.registerInstance("legacy", "10.0.0.2", 2);
        heard.await(Set.of("10.0.0.1", "10.0.0.2"));
        NacosScenario.check("fresh", naming.getAllInstances("legacy", false).size() == 2);
        provider.deregisterInstance("legacy", "10.0.0.1", 1);
        heard.await(Set.of("10.0.0.2"));
        NacosScenario.check("one", naming.selectOneHealthyInstance("legacy").getPort() == 2);
        NacosScenario.check("up", naming.getServerStatus().equals("UP"));
        NacosScenario.check("names", naming.getServicesOfServer(1, 10).getData().contains("legacy"));
        TimeUnit.SECONDS.sleep(20);
        NacosScenario.check(
                "beats keep it", naming.selectInstances("legacy", true, false).size() == 1);
        provider.shutDown();
    }

    void selectors() throws Exception {
        NacosScenario.Heard chosen = new NacosScenario.Heard();
        naming.subscribe("chosen", NamingSelectorFactory.newMetadataSelector(Map.of("zone", "züri")), chosen);
        Instance plain = new Instance();
        plain.setIp("10.0.0.1");
        plain.setPort(1);
        naming.batchRegisterInstance("chosen", "DEFAULT_GROUP", List.of(plain, NacosScenario.full("10.0.0.2", 2)));
        chosen.await(Set.of("10.0.0.2"));
    }

    void many() throws Exception {
        NamingService provider = scenario.connect();
        List<NacosScenario.Heard> listeners = new ArrayList<>();
        for (int service = 0; service < 50; service++) {
            NacosScenario.Heard heard = new NacosScenario.Heard();
            naming.subscribe("many-" + service, heard);
            listeners.add(heard);
        }
        for (int service = 0; service < 50; service++) {
            List<Instance> twenty = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                twenty.add(NacosScenario.full("10.1." + service + '.' + i, 1 + i));
            }
            provider.batchRegisterInstance("many-" + service, "DEFAULT_GROUP", twenty);
        }
        for (NacosScenario.Heard heard : listeners) {
            NacosScenario.await("20 instances", () -> heard.ips.size() == 20);
        }
        List<String> names = naming.getServicesOfServer(1, Integer.MAX_VALUE).getData();
        NacosScenario.check(
                "names " + names,
                names.stream().filter(name -> name.startsWith("many-")).count() == 50);
    }
}
