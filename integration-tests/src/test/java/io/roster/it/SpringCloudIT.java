// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring Boot applications with Spring Cloud Alibaba's starter, as they are, against the real server. */
class SpringCloudIT {

    private static final String[] CONSUMER = {"--server.port=0", "--spring.cloud.nacos.discovery.register-enabled=false"
    };
    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void anApplicationFindsAnotherFromItsStartToItsEnd() {
        int one = RosterProcess.freePorts();
        int two = RosterProcess.freePorts();
        try (RosterProcess server = RosterProcess.start("--settling", "0");
                ForeignProgram stopped = application(server, "orders", "--server.port=" + one);
                ForeignProgram killed = application(server, "orders", "--server.port=" + two);
                ForeignProgram shop = application(server, "shop", CONSUMER)) {
            List.of(stopped, killed, shop).forEach(each -> await().atMost(START).until(() -> each.says("STARTED")));
            finds(shop, one, two);
            stopped.stop();
            finds(shop, two);
            killed.kill();
            finds(shop);
        }
    }

    @Test
    void itDoesSoWithAPasswordOverTls(@TempDir Path folder) throws Exception {
        Secured secured = new Secured(folder);
        int port = RosterProcess.freePorts();
        try (RosterProcess server = RosterProcess.start(secured.options());
                ForeignProgram orders = application(server, secured, "orders", "--server.port=" + port);
                ForeignProgram shop = application(server, secured, "shop", CONSUMER)) {
            List.of(orders, shop).forEach(each -> await().atMost(START).until(() -> each.says("STARTED")));
            finds(shop, port);
            orders.kill();
            finds(shop);
        }
    }

    private static ForeignProgram application(RosterProcess server, String name, String... more) {
        return application(List.of(), "127.0.0.1:" + server.port(), name, more);
    }

    private static ForeignProgram application(RosterProcess server, Secured secured, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--spring.cloud.nacos.discovery.username=alice");
        arguments.add("--spring.cloud.nacos.discovery.password=" + Secured.PASSWORD);
        return application(
                secured.nacosTls(), "https://127.0.0.1:" + server.port(), name, arguments.toArray(new String[0]));
    }

    private static ForeignProgram application(List<String> options, String address, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--spring.application.name=" + name);
        arguments.add("--spring.cloud.nacos.discovery.server-addr=" + address);
        arguments.add("--spring.cloud.nacos.discovery.ip=127.0.0.1");
        arguments.add("--spring.main.banner-mode=off");
        return ForeignProgram.java(
                options,
                "spring-program/classes",
                "spring-program/libs",
                "io.roster.it.spring.SpringProgram",
                arguments.toArray(new String[0]));
    }

    /** Asks until the instances are those, and the list of all services tells the same. */
    private static void finds(ForeignProgram shop, int... ports) {
        List<String> uris = IntStream.of(ports)
                .sorted()
                .mapToObj(port -> "http://127.0.0.1:" + port)
                .toList();
        String expected = (ports.length == 0 ? "[]" : "[orders]") + " orders=" + uris;
        await(expected).atMost(SOON).until(() -> {
            shop.tell("orders");
            return shop.says(expected);
        });
    }
}
