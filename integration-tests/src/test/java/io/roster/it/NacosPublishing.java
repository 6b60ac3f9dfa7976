// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What a provider does; part of a {@link NacosScenario}. */
final class NacosPublishing {

    private final NacosScenario scenario;
    private final NamingService naming;

    NacosPublishing(NacosScenario scenario) {
        this.scenario = scenario;
        this.naming = scenario.naming();
    }

    void publishing() throws Exception {
        NacosScenario.check("the server is up", naming.getServerStatus().equals("UP"));
        naming.registerInstance("orders", "10.0.0.1", 8080);
        Instance seen = only(naming.getAllInstances("orders", false));
        NacosScenario.check("address", seen.getIp().equals("10.0.0.1") && seen.getPort() == 8080);
        NacosScenario.check(
                "defaults", seen.isHealthy() && seen.isEnabled() && seen.getWeight() == 1 && seen.isEphemeral());
        NacosScenario.check(
                "cluster " + seen.getClusterName(), seen.getClusterName().equals("DEFAULT"));
        NacosScenario.check(
                "service " + seen.getServiceName(), seen.getServiceName().equals("DEFAULT_GROUP@@orders"));
        NacosScenario.check(
                "id " + seen.getInstanceId(),
                seen.getInstanceId().equals("10.0.0.1#8080#DEFAULT#DEFAULT_GROUP@@orders"));
        naming.registerInstance("orders", NacosScenario.full("10.0.0.2", 8081));
        Instance moved = only(naming.getAllInstances("orders", false));
        NacosScenario.check(
                "a second register replaces the first", moved.getIp().equals("10.0.0.2"));
        NacosScenario.check("metadata", "züri".equals(moved.getMetadata().get("zone")) && moved.getWeight() == 2.5);
        naming.deregisterInstance("orders", "10.0.0.2", 8081, "blue");
        NacosScenario.check("gone", naming.getAllInstances("orders", false).isEmpty());
        refused(() -> {
            Instance bad = NacosScenario.full("10.0.0.3", 1);
            bad.setMetadata(Map.of("k", "v".repeat(2_000)));
            naming.registerInstance("orders", bad);
            return null;
        });
        naming.registerInstance("orders", "billing", "10.0.0.4", 1);
        NacosScenario.check(
                "groups are apart", naming.getAllInstances("orders", false).isEmpty());
        NacosScenario.check(
                "in its group",
                naming.getAllInstances("orders", "billing", false).size() == 1);
        NamingService other = scenario.connect();
        other.registerInstance("twice", "10.0.0.9", 9);
        naming.registerInstance("twice", "10.0.0.9", 9);
        other.shutDown();
        TimeUnit.MILLISECONDS.sleep(500);
        NacosScenario.check(
                "the other client's end took only its own",
                naming.getAllInstances("twice", false).size() == 1);
    }

    void batches() throws Exception {
        List<Instance> three = List.of(
                NacosScenario.full("10.0.0.1", 1),
                NacosScenario.full("10.0.0.2", 2),
                NacosScenario.full("10.0.0.3", 3));
        naming.batchRegisterInstance("batch", "DEFAULT_GROUP", three);
        NacosScenario.check("all", naming.getAllInstances("batch", false).size() == 3);
        naming.batchRegisterInstance("batch", "DEFAULT_GROUP", three.subList(0, 2));
        NacosScenario.check(
                "a second batch replaces the first",
                naming.getAllInstances("batch", false).size() == 2);
    }

    void batchParts() throws Exception {
        List<Instance> three = List.of(
                NacosScenario.full("10.0.0.1", 1),
                NacosScenario.full("10.0.0.2", 2),
                NacosScenario.full("10.0.0.3", 3));
        naming.batchRegisterInstance("parts", "DEFAULT_GROUP", three);
        naming.batchDeregisterInstance("parts", "DEFAULT_GROUP", three.subList(0, 1));
        NacosScenario.check("two left", naming.getAllInstances("parts", false).size() == 2);
        naming.batchDeregisterInstance("parts", "DEFAULT_GROUP", three.subList(1, 3));
        NacosScenario.check("none left", naming.getAllInstances("parts", false).isEmpty());
    }

    void restart() throws Exception {
        NamingService provider = scenario.connect();
        NamingService batchProvider = scenario.connect();
        NacosScenario.Heard one = new NacosScenario.Heard();
        NacosScenario.Heard three = new NacosScenario.Heard();
        naming.subscribe("returns", one);
        naming.subscribe("returns-all", three);
        provider.registerInstance("returns", "10.0.0.1", 1);
        batchProvider.batchRegisterInstance(
                "returns-all",
                "DEFAULT_GROUP",
                List.of(
                        NacosScenario.full("10.0.0.1", 1),
                        NacosScenario.full("10.0.0.2", 2),
                        NacosScenario.full("10.0.0.3", 3)));
        one.await(Set.of("10.0.0.1"));
        three.await(Set.of("10.0.0.1", "10.0.0.2", "10.0.0.3"));
        one.fewest = 1;
        three.fewest = 3;
        System.out.println("RESTART");
        if (System.in.read() < 0) {
            throw new IOException("nobody said that the server was started again");
        }
        NacosScenario.await("the instance is back", () -> fresh("returns") == 1);
        NacosScenario.await("the batch is back", () -> fresh("returns-all") == 3);
        provider.registerInstance("returns", "10.0.0.7", 7);
        one.await(Set.of("10.0.0.7"));
        NacosScenario.check("no list ever shrank", one.fewest == 1 && three.fewest == 3);
        NacosScenario.check("up again", naming.getServerStatus().equals("UP"));
    }

    /** As a user who may read what is called {@code public-…}, and nothing else. */
    void granted() throws Exception {
        NacosScenario.check(
                "what may be read is",
                naming.getAllInstances("public-orders", false).isEmpty());
        forbidden(() -> naming.getAllInstances("orders", false));
        forbidden(() -> {
            naming.registerInstance("public-orders", "10.0.0.1", 1);
            return null;
        });
        NacosScenario.check(
                "nothing else is seen", naming.getServicesOfServer(1, 10).getCount() == 0);
    }

    /** With a password that is wrong. */
    void stranger() throws Exception {
        forbidden(() -> naming.getAllInstances("public-orders", false));
        forbidden(() -> {
            naming.registerInstance("public-orders", "10.0.0.1", 1);
            return null;
        });
    }

    private static void forbidden(Callable<?> call) throws Exception {
        try {
            call.call();
        } catch (NacosException refusal) {
            NacosScenario.check("forbidden: " + refusal, refusal.getErrCode() == 403);
            return;
        }
        throw new AssertionError("not forbidden");
    }

    private int fresh(String service) {
        try {
            return naming.getAllInstances(service, false).size();
        } catch (NacosException notConnected) {
            return -1;
        }
    }

    private static void refused(Callable<?> call) throws Exception {
        try {
            call.call();
        } catch (NacosException refusal) {
            NacosScenario.check("a refusal for good: " + refusal, refusal.getErrCode() == 400);
            return;
        }
        throw new AssertionError("not refused");
    }

    private static Instance only(List<Instance> instances) {
        NacosScenario.check("one instance: " + instances, instances.size() == 1);
        return instances.get(0);
    }
}
