// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to get round the doorkeeper of the main port. */
class HttpBypassTest {

    private final SecuredHttp http;

    HttpBypassTest(@TempDir Path folder) {
        http = new SecuredHttp(folder);
    }

    @AfterEach
    void stop() {
        http.close();
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
        http.bare(
                "POST",
                "/nacos/v1/ns/instance?" + SecuredHttp.ORDERS,
                "",
                "Authorization",
                "Bearer " + http.operator.secret());
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
                assertThat(raw(method, path + '?' + SecuredHttp.ORDERS + "&_method=GET", header + "\r\n"))
                        .as(method + ' ' + path)
                        .containsPattern("^HTTP/1.1 (403|405|501)");
            }
        }
    }

    @Test
    void aReaderCannotWriteByNamingAnotherMethod() throws IOException {
        String token = "Authorization: Bearer " + http.reader.secret() + "\r\nX-HTTP-Method-Override: POST\r\n";
        assertThat(raw("GET", "/nacos/v1/ns/instance?_method=POST&" + SecuredHttp.ORDERS, token))
                .startsWith("HTTP/1.1 404");
        assertThat(http.bare(
                                "GET",
                                "/nacos/v1/ns/instance/list?serviceName=orders",
                                "",
                                "accessToken",
                                http.reader.secret())
                        .json()
                        .get("hosts"))
                .isEmpty();
    }

    @Test
    void twoNamesForOneServiceAreNotJudgedByOneAndDoneToTheOther() {
        String login = http.login("alice", "secret");
        for (String two : List.of(
                "serviceName=orders&serviceName=stock",
                "serviceName=stock&serviceName=orders",
                "serviceName=DEFAULT_GROUP%40%40orders&groupName=x&serviceName=stock")) {
            http.bare(
                    "POST",
                    "/nacos/v1/ns/instance?ip=10.0.0.1&port=1&" + two,
                    "serviceName=stock",
                    "accessToken",
                    login);
        }
        assertThat(http.bare(
                                "GET",
                                "/nacos/v1/ns/instance/list?serviceName=stock",
                                "",
                                "accessToken",
                                http.operator.secret())
                        .json()
                        .get("hosts"))
                .isEmpty();
    }

    /** What a client that follows no rules says and hears. */
    private String raw(String method, String target, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
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
