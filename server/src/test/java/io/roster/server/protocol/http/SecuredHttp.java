// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.Setting;
import io.roster.server.security.ApiToken;
import io.roster.server.security.UsersText;
import java.nio.file.Path;
import java.util.Map;

/** A real server that asks who its callers are, a token for each kind of them, and its main port. */
final class SecuredHttp implements AutoCloseable {

    /** All that any route asks for, so that nothing but the role is wanting. */
    static final String ORDERS = "serviceName=orders&ip=10.0.0.1&port=1&pageNo=1&pageSize=10&clusterName=DEFAULT"
            + "&clientId=x&entry=pushEnabled&value=true&healthy=true&metadata=a%3Db&key=orders&onlyStatus=false&protectThreshold=0";

    /** May do everything, but elsewhere. */
    final ApiToken stranger = ApiToken.random();

    final ApiToken reader = ApiToken.random();
    final ApiToken writer = ApiToken.random();
    final ApiToken operator = ApiToken.random();
    private final HttpServer server;

    /** There is a user alice, too, who may publish what begins with ord; her password is {@code secret}. */
    SecuredHttp(Path folder) {
        Path users = new UsersText()
                .user("alice", "write public ord")
                .token(stranger, "stranger", "operate elsewhere")
                .token(reader, "reader", "read *")
                .token(writer, "writer", "write *")
                .token(operator, "operator", "operate *")
                .in(folder.resolve("users.json"));
        server = HttpServer.start(
                Map.of(Setting.USERS, users, Setting.DATA_DIR, folder.resolve("data"), Setting.SHUTDOWN_GRACE, 0));
    }

    /** Asks for a route of {@link Routes}, with orders in the place of what its path leaves open. */
    HttpServer.Answer ask(String route, String query, String... headers) {
        String[] parts = route.replace("*", "orders").split(" ", 2);
        return server.bare(parts[0], parts[1] + '?' + query, "", headers);
    }

    /** How a route answers who shows this token and leaves nothing out. */
    int status(String route, ApiToken token) {
        return ask(route, ORDERS, "Authorization", "Bearer " + token.secret()).status();
    }

    /** A path from the root. */
    HttpServer.Answer bare(String method, String path, String form, String... headers) {
        return server.bare(method, path, form, headers);
    }

    /** The token that a user gets for a password. */
    String login(String user, String password) {
        HttpServer.Answer answer = server.bare("POST", "/nacos/v1/auth/login?username=" + user, "password=" + password);
        assertThat(answer.whole().headers().firstValue("Authorization")).isPresent();
        assertThat(answer.json().get("tokenTtl").asInt()).isEqualTo(1_800);
        return answer.json().get("accessToken").asText();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
