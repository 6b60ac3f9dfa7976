// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.roster.server.client.Client;
import io.roster.server.client.ConnectionBasedClient;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server is: its state, its numbers, and who else is there (nobody). Thread: any. */
final class ServerCalls {

    private final HttpContext context;

    ServerCalls(HttpContext context) {
        this.context = context;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Metrics(
            String status,
            @Nullable Long serviceCount,
            @Nullable Long instanceCount,
            @Nullable Long subscribeCount,
            @Nullable Long responsibleInstanceCount,
            @Nullable Integer clientCount,
            @Nullable Integer connectionBasedClientCount,
            @Nullable Integer ephemeralIpPortClientCount,
            @Nullable Integer persistentIpPortClientCount,
            @Nullable Integer responsibleClientCount,
            @Nullable Double load,
            @Nullable Double mem) {}

    /** Whether all is well, and on request some numbers. */
    void metrics(Exchange exchange) {
        if (exchange.parameters().flag("onlyStatus", true)) {
            exchange.data(new Metrics(status(), null, null, null, null, null, null, null, null, null, null, null));
        } else {
            exchange.later(() -> exchange.data(counted()));
        }
    }

    private Metrics counted() {
        Collection<Client> clients = context.clients().after("");
        int connections = (int)
                clients.stream().filter(ConnectionBasedClient.class::isInstance).count();
        int all = context.clients().count();
        Runtime runtime = Runtime.getRuntime();
        return new Metrics(
                status(),
                context.registry().serviceCount(),
                context.registry().claimCount(),
                context.fanouts().subscriptions(),
                context.registry().claimCount(),
                all,
                connections,
                Math.max(0, all - connections),
                0,
                all,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                (double) (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory());
    }

    private String status() {
        String said = context.switches().status();
        if (said != null) {
            return said;
        }
        return context.ready().getAsBoolean() ? "UP" : "DOWN";
    }

    /** A member of the cluster; there is one. */
    private record Member(
            String ip, int port, String state, String address, int failAccessCnt, Map<String, String> extendInfo) {

        static Member self(Exchange exchange) {
            InetSocketAddress local = exchange.local();
            String ip = local.getAddress().getHostAddress();
            return new Member(ip, local.getPort(), "UP", ip + ':' + local.getPort(), 0, Map.of());
        }
    }

    private record Members(List<Member> servers) {}

    private record Responsible(String responsibleServer) {}

    void members(Exchange exchange) {
        exchange.data(new Members(List.of(Member.self(exchange))));
    }

    void memberList(Exchange exchange) {
        exchange.data(List.of(Member.self(exchange)));
    }

    void self(Exchange exchange) {
        exchange.data(Member.self(exchange));
    }

    /** Which member answers for a client: this one. */
    void responsible(Exchange exchange) {
        exchange.data(new Responsible(Member.self(exchange).address()));
    }

    private record Greeting(String msg) {}

    void greeting(Exchange exchange) {
        exchange.data(new Greeting("Hello! I am Roster and healthy! total services: "
                + context.registry().serviceCount() + ", local port:"
                + exchange.local().getPort()));
    }

    /** What clients and consoles want to know before they choose how to talk. */
    void state(Exchange exchange) {
        exchange.data(Map.of(
                "version", context.version(),
                "startup_mode", "standalone",
                "function_mode", "naming",
                "auth_enabled", Boolean.toString(context.access().isOn()),
                "auth_system_type", "",
                "login_page_enabled", "false",
                "server_port", Integer.toString(exchange.local().getPort())));
    }
}
