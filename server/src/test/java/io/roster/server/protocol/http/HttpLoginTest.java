// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins over HTTP: what they open, and what becomes of wrong ones. */
class HttpLoginTest {

    private final SecuredHttp http;

    HttpLoginTest(@TempDir Path folder) {
        http = new SecuredHttp(folder);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void aLoginOpensWhatItsUserMayWhereverItsTokenIsShown() {
        String token = http.login("alice", "secret");
        String list = "/nacos/v1/ns/instance/list?serviceName=orders";
        assertThat(http.bare("GET", list, "", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(http.bare("GET", list, "", "accessToken", token).status()).isEqualTo(200);
        assertThat(http.bare("GET", list + "&accessToken=" + token, "").status())
                .isEqualTo(200);
        assertThat(http.bare("POST", "/nacos/v1/ns/instance", SecuredHttp.ORDERS + "&accessToken=" + token)
                        .status())
                .isEqualTo(200);
        assertThat(http.bare("GET", list.replace("orders", "stock"), "", "accessToken", token)
                        .status())
                .isEqualTo(403);
        assertThat(http.bare("GET", list + "&username=alice&password=secret", "")
                        .status())
                .isEqualTo(200);
        assertThat(http.bare("GET", list + "&username=alice&password=wrong", "").status())
                .isEqualTo(403);
        assertThat(http.bare("GET", list, "", "accessToken", token.substring(1)).status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nacos/v1/auth/login", "/nacos/v1/auth/users/login", "/nacos/v3/auth/user/login"})
    void wrongPasswordsAreRefusedAndThenSlowedDown(String path) {
        String wrong = http.bare("POST", path, "username=alice&password=wrong")
                .json()
                .get("message")
                .asText();
        HttpServer.Answer unknown = http.bare("POST", path, "username=bob&password=wrong");
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.json().get("message").asText()).isEqualTo(wrong);
        for (int i = 0; i < 4; i++) {
            http.bare("POST", path, "username=alice&password=wrong");
        }
        HttpServer.Answer limited = http.bare("POST", path, "username=alice&password=secret");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.whole().headers().firstValue("Retry-After")).contains("6");
        assertThat(http.bare("POST", path, "").status()).isEqualTo(403);
    }
}
