// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.Setting;
import io.roster.server.client.Settling;
import io.roster.server.core.Limits;
import io.roster.server.fixture.House;
import io.roster.server.security.AccessControl;
import io.roster.server.security.ApiToken;
import io.roster.server.security.UsersText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks every route of the main port, without credentials and with too small a role, and tries to get round it. */
class HttpAccessTest {

    /** All that any route asks for, so that nothing but the role is wanting. */
    private static final String ORDERS =
            "serviceName=orders&ip=10.0.0.1&port=1&pageNo=1&pageSize=10&clusterName=DEFAULT"
                    + "&clientId=x&entry=pushEnabled&value=true&healthy=true&metadata=a%3Db&key=orders&onlyStatus=false&protectThreshold=0";

    private final ApiToken stranger = ApiToken.random();
    private final ApiToken reader = ApiToken.random();
    private final ApiToken writer = ApiToken.random();
    private final ApiToken operator = ApiToken.random();
    private final HttpServer server;

    HttpAccessTest(@TempDir Path folder) {
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

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Need> routes() {
        House house = new House(1, Limits.DEFAULT);
        try (HttpServices services = new HttpServices(
                "/nacos",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                1,
                house.registry(),
                house.clients(),
                house.fanouts(),
                AccessControl.off(),
                new Switches(true, 5_000),
                Settling.begin(house.loops().get(0), 0, () -> 0),
                () -> 0,
                () -> true,
                "1")) {
            return services.routes().all();
        }
    }

    private HttpServer.Answer ask(String route, String query, String... headers) {
        String[] parts = route.replace("*", "orders").split(" ", 2);
        return server.bare(parts[0], parts[1] + '?' + query, "", headers);
    }

    private int status(String route, ApiToken token) {
        return ask(route, ORDERS, "Authorization", "Bearer " + token.secret()).status();
    }

    @Test
    void withoutCredentialsNothingIsOpenButHealthStatusAndLogin() {
        assertThat(routes()).hasSizeGreaterThan(90);
        routes().forEach((route, need) -> {
            int status = ask(route, ORDERS).status();
            if (need == Need.NOTHING) {
                assertThat(route).matches(".*/(live|ready|liveness|readiness|login)");
            } else {
                assertThat(status).as(route).isEqualTo(403);
            }
            if (need == Need.OPERATE_ALL_BUT_STATUS) {
                assertThat(ask(route, "").status()).as(route).isEqualTo(200);
            }
        });
    }

    @Test
    void grantsElsewhereOpenNothingHere() {
        routes().forEach((route, need) -> {
            if (need != Need.NOTHING && need != Need.READ_SOMETHING) {
                assertThat(status(route, stranger)).as(route).isEqualTo(403);
            }
        });
    }

    @Test
    void readersOnlyReadAndWritersDoNotOperate() {
        routes().forEach((route, need) -> {
            switch (need) {
                case NOTHING -> {}
                case READ, READ_BY_PATH, READ_SOMETHING -> {
                    assertThat(status(route, reader)).as(route).isNotEqualTo(403);
                    assertThat(status(route, writer)).as(route).isNotEqualTo(403);
                }
                case WRITE -> {
                    assertThat(status(route, reader)).as(route).isEqualTo(403);
                    assertThat(status(route, writer)).as(route).isNotEqualTo(403);
                }
                case OPERATE, OPERATE_ALL, OPERATE_ALL_BUT_STATUS -> {
                    assertThat(status(route, reader)).as(route).isEqualTo(403);
                    assertThat(status(route, writer)).as(route).isEqualTo(403);
                }
            }
        });
    }

    @Test
    void operatorsAreRefusedNothing() {
        routes().keySet().stream()
                .filter(route -> !route.endsWith("login"))
                .forEach(route -> assertThat(status(route, operator)).as(route).isNotEqualTo(403));
    }

    @Test
    void whatChangesSomethingIsNeverOpenToReaders() {
        routes().forEach((route, need) -> {
            if (!route.startsWith("GET ") && !route.endsWith("/login") && !route.endsWith("/service/names")) {
                assertThat(need).as(route).isIn(Need.WRITE, Need.OPERATE, Need.OPERATE_ALL);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nacos/v1/ns/instance/list",
                "/nacos//v1/ns/instance/list",
                "//nacos/v1/ns/instance/list",
                "/nacos/v1/ns/instance/list/",
                "/nacos/v1/ns/instance/./list",
                "/nacos/v1/ns/x/../instance/list",
                "/health/../nacos/v1/ns/instance/list",
                "/health/live/../../nacos/v1/ns/instance/list",
                "/health/live/..;/..;/nacos/v1/ns/instance/list",
                "/health/live;/../../nacos/v1/ns/instance/list",
                "/nacos/v1/ns/instance/list;.css",
                "/nacos/v1/ns/instance/list;jsessionid=1",
                "/nacos/v1/ns/instance;a=b/list",
                "/nacos/v1/ns/instance/%6cist",
                "/nacos/v1/ns/instance%2flist",
                "/nacos/v1/ns/instance/list%00",
                "/nacos/v1/ns/instance/list%20",
                "/health/%2e%2e/nacos/v1/ns/instance/list",
                "/health/%2e%2e%2fnacos/v1/ns/instance/list",
                "/health/..%5cnacos/v1/ns/instance/list",
                "/NACOS/v1/ns/instance/list",
                "/nacos/v1/ns/operator/../instance/list",
                "/nacos/v1/auth/login/../../ns/instance/list",
                "/nacos/v1/console/health/liveness/../../../ns/instance/list"
            })
    void noWayOfWritingAPathGetsRound(String path) throws IOException {
        server.bare("POST", "/nacos/v1/ns/instance?" + ORDERS, "", "Authorization", "Bearer " + operator.secret());
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "TRACE", "PROPFIND", "get")) {
            for (String target : List.of(path, "http://127.0.0.1" + path)) {
                String answer = raw(method, target + "?serviceName=orders", "");
                assertThat(answer).as(method + ' ' + target).doesNotContain("10.0.0.1\",");
                assertThat(answer).as(method + ' ' + target).containsPattern("^HTTP/1.1 (400|403|404|405|501|505)");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: GET",
                "X-HTTP-Method: GET",
                "X-Method-Override: GET",
                "X-Original-URL: /health/live",
                "X-Rewrite-URL: /health/live",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Prefix: /health",
                "X-Forwarded-User: operator",
                "User-Agent: Nacos-Server",
                "Authorization: Basic b3BlcmF0b3I6c2VjcmV0",
                "Authorization: Bearer",
                "accessToken: AUTH_DISABLED",
                "Cookie: accessToken=AUTH_DISABLED",
                "serverIdentity: security"
            })
    void noHeaderGetsRound(String header) throws IOException {
        for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
            for (String path : List.of("/nacos/v1/ns/instance", "/nacos/v1/ns/operator/switches")) {
                assertThat(raw(method, path + '?' + ORDERS + "&_method=GET", header + "\r\n"))
                        .as(method + ' ' + path)
                        .containsPattern("^HTTP/1.1 (403|405|501)");
            }
        }
    }

    @Test
    void aReaderCannotWriteByNamingAnotherMethod() throws IOException {
        String token = "Authorization: Bearer " + reader.secret() + "\r\nX-HTTP-Method-Override: POST\r\n";
        assertThat(raw("GET", "/nacos/v1/ns/instance?_method=POST&" + ORDERS, token))
                .startsWith("HTTP/1.1 404");
        assertThat(server.bare(
                                "GET",
                                "/nacos/v1/ns/instance/list?serviceName=orders",
                                "",
                                "accessToken",
                                reader.secret())
                        .json()
                        .get("hosts"))
                .isEmpty();
    }

    @Test
    void twoNamesForOneServiceAreNotJudgedByOneAndDoneToTheOther() {
        String login = token("alice", "secret");
        for (String two : List.of(
                "serviceName=orders&serviceName=stock",
                "serviceName=stock&serviceName=orders",
                "serviceName=DEFAULT_GROUP%40%40orders&groupName=x&serviceName=stock")) {
            server.bare(
                    "POST",
                    "/nacos/v1/ns/instance?ip=10.0.0.1&port=1&" + two,
                    "serviceName=stock",
                    "accessToken",
                    login);
        }
        assertThat(server.bare(
                                "GET",
                                "/nacos/v1/ns/instance/list?serviceName=stock",
                                "",
                                "accessToken",
                                operator.secret())
                        .json()
                        .get("hosts"))
                .isEmpty();
    }

    @Test
    void aLoginOpensWhatItsUserMayWhereverItsTokenIsShown() {
        String token = token("alice", "secret");
        String list = "/nacos/v1/ns/instance/list?serviceName=orders";
        assertThat(server.bare("GET", list, "", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(server.bare("GET", list, "", "accessToken", token).status()).isEqualTo(200);
        assertThat(server.bare("GET", list + "&accessToken=" + token, "").status())
                .isEqualTo(200);
        assertThat(server.bare("POST", "/nacos/v1/ns/instance", ORDERS + "&accessToken=" + token)
                        .status())
                .isEqualTo(200);
        assertThat(server.bare("GET", list.replace("orders", "stock"), "", "accessToken", token)
                        .status())
                .isEqualTo(403);
        assertThat(server.bare("GET", list + "&username=alice&password=secret", "")
                        .status())
                .isEqualTo(200);
        assertThat(server.bare("GET", list + "&username=alice&password=wrong", "")
                        .status())
                .isEqualTo(403);
        assertThat(server.bare("GET", list, "", "accessToken", token.substring(1))
                        .status())
                .isEqualTo(403);
    }

    private String token(String user, String password) {
        HttpServer.Answer answer = server.bare("POST", "/nacos/v1/auth/login?username=" + user, "password=" + password);
        assertThat(answer.whole().headers().firstValue("Authorization")).isPresent();
        assertThat(answer.json().get("tokenTtl").asInt()).isEqualTo(1_800);
        return answer.json().get("accessToken").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nacos/v1/auth/login", "/nacos/v1/auth/users/login", "/nacos/v3/auth/user/login"})
    void wrongPasswordsAreRefusedAndThenSlowedDown(String path) {
        String wrong = server.bare("POST", path, "username=alice&password=wrong")
                .json()
                .get("message")
                .asText();
        HttpServer.Answer unknown = server.bare("POST", path, "username=bob&password=wrong");
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.json().get("message").asText()).isEqualTo(wrong);
        for (int i = 0; i < 4; i++) {
            server.bare("POST", path, "username=alice&password=wrong");
        }
        HttpServer.Answer limited = server.bare("POST", path, "username=alice&password=secret");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.whole().headers().firstValue("Retry-After")).contains("6");
        assertThat(server.bare("POST", path, "").status()).isEqualTo(403);
    }

    @Test
    void listsShowOnlyWhatTheirReaderMaySee() {
        for (String service : List.of("orders", "stock")) {
            for (String namespace : List.of("public", "elsewhere")) {
                server.bare(
                        "POST",
                        "/nacos/v1/ns/instance?ip=10.0.0.1&port=1&serviceName=" + service + "&namespaceId=" + namespace,
                        "",
                        "accessToken",
                        writer.secret());
            }
        }
        String alice = token("alice", "secret");
        for (String path : List.of(
                "/nacos/v1/ns/service/list?pageNo=1&pageSize=10",
                "/nacos/v1/ns/service/names?",
                "/nacos/v1/ns/catalog/services?",
                "/nacos/v1/ns/catalog/services?withInstances=true",
                "/nacos/v2/ns/service/list?",
                "/nacos/v3/admin/ns/service/list?")) {
            HttpServer.Answer seen = server.bare("GET", path, "", "accessToken", alice);
            assertThat(seen.status()).as(path).isEqualTo(200);
            assertThat(seen.body()).as(path).contains("orders").doesNotContain("stock", "elsewhere");
        }
        assertThat(server.bare("GET", "/nacos/v1/console/namespaces", "", "accessToken", alice)
                        .body())
                .doesNotContain("elsewhere");
        assertThat(server.bare("GET", "/nacos/v1/console/namespaces", "", "accessToken", stranger.secret())
                        .body())
                .contains("elsewhere");
    }

    /** What a client that follows no rules says and hears. */
    private String raw(String method, String target, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((method + ' ' + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n"
                                    + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(heard);
            return heard.toString(StandardCharsets.UTF_8);
        }
    }
}
