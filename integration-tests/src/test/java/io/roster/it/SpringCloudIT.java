// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Spring Boot applications with Spring Cloud Alibaba's starter, as they are, against the real server. */
class SpringCloudIT {

    private static final Duration START = Duration.ofSeconds(40);
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void anApplicationFindsAnotherFromItsStartToItsEnd() {
        int one = RosterProcess.freePorts();
        int two = RosterProcess.freePorts();
        try (RosterProcess server = RosterProcess.start("--settling", "0");
                ForeignProgram stopped = application(server, "orders", "--server.port=" + one);
                ForeignProgram killed = application(server, "orders", "--server.port=" + two);
                ForeignProgram shop = application(
                        server, "shop", "--server.port=0", "--spring.cloud.nacos.discovery.register-enabled=false")) {
            List.of(stopped, killed, shop).forEach(each -> await().atMost(START).until(() -> each.says("STARTED")));
            finds(shop, one, two);
            stopped.stop();
            finds(shop, two);
            killed.kill();
            finds(shop);
        }
    }

    private static ForeignProgram application(RosterProcess server, String name, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "--spring.application.name=" + name;
        arguments[1] = "--spring.cloud.nacos.discovery.server-addr=127.0.0.1:" + server.port();
        arguments[2] = "--spring.cloud.nacos.discovery.ip=127.0.0.1";
        arguments[3] = "--spring.main.banner-mode=off";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return ForeignProgram.java(
                "spring-program/classes", "spring-program/libs", "io.roster.it.spring.SpringProgram", arguments);
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
