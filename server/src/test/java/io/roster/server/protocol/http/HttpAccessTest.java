// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.client.Settling;
import io.roster.server.core.Limits;
import io.roster.server.fixture.House;
import io.roster.server.security.AccessControl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every route of the main port, without credentials and with too small a role. */
class HttpAccessTest {

    private final SecuredHttp http;

    HttpAccessTest(@TempDir Path folder) {
        http = new SecuredHttp(folder);
    }

    @AfterEach
    void stop() {
        http.close();
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

    @Test
    void withoutCredentialsNothingIsOpenButHealthStatusAndLogin() {
        assertThat(routes()).hasSizeGreaterThan(90);
        routes().forEach((route, need) -> {
            int status = http.ask(route, SecuredHttp.ORDERS).status();
            if (need == Need.NOTHING) {
                assertThat(route).matches(".*/(live|ready|liveness|readiness|login)");
            } else {
                assertThat(status).as(route).isEqualTo(403);
            }
            if (need == Need.OPERATE_ALL_BUT_STATUS) {
                assertThat(http.ask(route, "").status()).as(route).isEqualTo(200);
            }
        });
    }

    @Test
    void grantsElsewhereOpenNothingHere() {
        routes().forEach((route, need) -> {
            if (need != Need.NOTHING && need != Need.READ_SOMETHING) {
                assertThat(http.status(route, http.stranger)).as(route).isEqualTo(403);
            }
        });
    }

    @Test
    void readersOnlyReadAndWritersDoNotOperate() {
        routes().forEach((route, need) -> {
            switch (need) {
                case NOTHING -> {}
                case READ, READ_BY_PATH, READ_SOMETHING -> {
                    assertThat(http.status(route, http.reader)).as(route).isNotEqualTo(403);
                    assertThat(http.status(route, http.writer)).as(route).isNotEqualTo(403);
                }
                case WRITE -> {
                    assertThat(http.status(route, http.reader)).as(route).isEqualTo(403);
                    assertThat(http.status(route, http.writer)).as(route).isNotEqualTo(403);
                }
                case OPERATE, OPERATE_ALL, OPERATE_ALL_BUT_STATUS -> {
                    assertThat(http.status(route, http.reader)).as(route).isEqualTo(403);
                    assertThat(http.status(route, http.writer)).as(route).isEqualTo(403);
                }
            }
        });
    }

    @Test
    void operatorsAreRefusedNothing() {
        routes().keySet().stream()
                .filter(route -> !route.endsWith("login"))
                .forEach(route ->
                        assertThat(http.status(route, http.operator)).as(route).isNotEqualTo(403));
    }

    @Test
    void whatChangesSomethingIsNeverOpenToReaders() {
        routes().forEach((route, need) -> {
            if (!route.startsWith("GET ") && !route.endsWith("/login") && !route.endsWith("/service/names")) {
                assertThat(need).as(route).isIn(Need.WRITE, Need.OPERATE, Need.OPERATE_ALL);
            }
        });
    }

    @Test
    void listsShowOnlyWhatTheirReaderMaySee() {
        for (String service : List.of("orders", "stock")) {
            for (String namespace : List.of("public", "elsewhere")) {
                http.bare(
                        "POST",
                        "/nacos/v1/ns/instance?ip=10.0.0.1&port=1&serviceName=" + service + "&namespaceId=" + namespace,
                        "",
                        "accessToken",
                        http.writer.secret());
            }
        }
        String alice = http.login("alice", "secret");
        for (String path : List.of(
                "/nacos/v1/ns/service/list?pageNo=1&pageSize=10",
                "/nacos/v1/ns/service/names?",
                "/nacos/v1/ns/catalog/services?",
                "/nacos/v1/ns/catalog/services?withInstances=true",
                "/nacos/v2/ns/service/list?",
                "/nacos/v3/admin/ns/service/list?")) {
            HttpServer.Answer seen = http.bare("GET", path, "", "accessToken", alice);
            assertThat(seen.status()).as(path).isEqualTo(200);
            assertThat(seen.body()).as(path).contains("orders").doesNotContain("stock", "elsewhere");
        }
        assertThat(http.bare("GET", "/nacos/v1/console/namespaces", "", "accessToken", alice)
                        .body())
                .doesNotContain("elsewhere");
        assertThat(http.bare("GET", "/nacos/v1/console/namespaces", "", "accessToken", http.stranger.secret())
                        .body())
                .contains("elsewhere");
    }
}
