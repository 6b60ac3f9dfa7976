// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import com.alibaba.nacos.api.NacosFactory;
import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.listener.EventListener;
import com.alibaba.nacos.api.naming.listener.NamingEvent;
import com.alibaba.nacos.api.naming.pojo.Instance;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What a program on Nacos does, with the Nacos client's own jar. Runs in a process of its own, once for each version of the
 * client; compiled against 3.x, so that what older ones lack stands in a class of its own.
 *
 * <p>Arguments: the server's address, and the scenarios, played one after the other, each with clients of its own. Prints {@code RESTART} when it wants the server killed and started
 * again, and {@code PASSED} at the end.
 */
final class NacosScenario {

    private static final long PATIENCE_MS = 20_000;

    private final String address;
    private final NamingService naming;

    private NacosScenario(String address) throws NacosException {
        this.address = address;
        this.naming = connect();
    }

    public static void main(String[] arguments) throws Exception {
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            System.out.println("scenario: " + name);
            NacosScenario scenario = new NacosScenario(arguments[0]);
            scenario.play(name);
            scenario.naming.shutDown();
        }
        System.out.println("PASSED");
        System.exit(0);
    }

    private void play(String name) throws Exception {
        switch (name) {
            case "publishing" -> new NacosPublishing(this).publishing();
            case "batches" -> new NacosPublishing(this).batches();
            case "batch-parts" -> new NacosPublishing(this).batchParts();
            case "reading" -> new NacosHearing(this).reading();
            case "hearing" -> new NacosHearing(this).hearing();
            case "selectors" -> new NacosHearing(this).selectors();
            case "fuzzy" -> NacosFuzzyWatching.run(this);
            case "over-http" -> new NacosHearing(this).overHttp();
            case "many" -> new NacosHearing(this).many();
            case "granted" -> new NacosPublishing(this).granted();
            case "stranger" -> new NacosPublishing(this).stranger();
            case "restart" -> new NacosPublishing(this).restart();
            default -> throw new IllegalArgumentException(name);
        }
    }

    NamingService naming() {
        return naming;
    }

    /** One more client. */
    NamingService connect() throws NacosException {
        Properties properties = new Properties();
        properties.setProperty("serverAddr", address);
        String user = System.getProperty("roster.user");
        if (user != null) {
            properties.setProperty("username", user);
            properties.setProperty("password", System.getProperty("roster.password"));
        }
        return NacosFactory.createNamingService(properties);
    }

    static Instance full(String ip, int port) {
        Instance instance = new Instance();
        instance.setIp(ip);
        instance.setPort(port);
        instance.setWeight(2.5);
        instance.setClusterName("blue");
        instance.addMetadata("zone", "züri");
        return instance;
    }

    /** Remembers the list it was told last. */
    static final class Heard implements EventListener {

        volatile Set<String> ips = Set.of();
        volatile int events;

        /** The length of the shortest list since this was last set. */
        volatile int fewest = Integer.MAX_VALUE;

        @Override
        public synchronized void onEvent(com.alibaba.nacos.api.naming.listener.Event event) {
            Set<String> told = new TreeSet<>();
            ((NamingEvent) event).getInstances().forEach(instance -> told.add(instance.getIp()));
            ips = told;
            events++;
            fewest = Math.min(fewest, told.size());
        }

        void await(Set<String> expected) throws Exception {
            NacosScenario.await("heard " + expected, () -> ips.equals(expected));
        }
    }

    static void check(String claim, boolean holds) {
        if (!holds) {
            throw new AssertionError(claim);
        }
        System.out.println("ok: " + claim);
    }

    static void await(String claim, Callable<Boolean> holds) throws Exception {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!holds.call()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not within " + PATIENCE_MS + " ms: " + claim);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        System.out.println("ok: " + claim);
    }
}
