// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.Limits;
import io.roster.server.core.RegistryException;
import io.roster.server.fixture.Mutations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever comes as parameters, forms and whole requests: it is answered or refused, soon, and the server goes on. */
class HttpFuzzTest {

    private static final List<byte[]> QUERIES = bytes(
            "serviceName=g@@orders&ip=10.0.0.1&port=80&weight=1.0&healthy=true&metadata=%7B%22a%22%3A%22b%22%7D",
            "serviceName=orders&groupName=g&namespaceId=public&clusterName=east&ephemeral=true&enabled=on",
            "serviceName=%E4%B8%AD&ip=10.0.0.1&port=80&metadata=a%3Db%2Cc%3Dd&encoding=GBK",
            "pageNo=1&pageSize=10&encoding=UTF-8&encoding=UTF-8&beat=%7B%22ip%22%3A%221.1.1.1%22%2C%22port%22%3A1%7D");

    private static final List<byte[]> REQUESTS = List.of(
            request(
                    "serviceName=orders&ip=10.0.0.1&port=80",
                    "POST /nacos/v1/ns/instance",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 38"),
            request(
                    "",
                    "PUT /nacos/v1/ns/instance/beat?serviceName=orders&"
                            + "beat=%7B%22ip%22%3A%2210.0.0.1%22%2C%22port%22%3A80%7D"),
            request("", "GET /nacos/v1/ns/instance/list?serviceName=orders&clusters=a,b&healthyOnly=true&udpPort=1"),
            request("", "GET /nacos/v3/admin/ns/service/list?pageNo=1&pageSize=10"),
            request("", "DELETE /nacos/v2/ns/instance?serviceName=orders&ip=10.0.0.1&port=80"),
            request("", "PATCH /nacos/v1/ns/instance?serviceName=orders&ip=10.0.0.1&port=80&metadata=%7B%7D"));

    private static byte[] request(String body, String line, String... headers) {
        String head = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        String more = List.of(headers).stream().map(each -> each + "\r\n").collect(Collectors.joining());
        return (head + more + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable HttpServer server;

    private final FormReader reader = new FormReader(Limits.DEFAULT);

    private static List<byte[]> bytes(String... texts) {
        return List.of(texts).stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    @BeforeContainer
    static void start() {
        server = HttpServer.start();
    }

    @AfterContainer
    static void stop() {
        started().close();
    }

    private static HttpServer started() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.MIXIN)
    void anyBytesAreParametersOrRefused(@ForAll("queries") byte[] query, @ForAll("queries") byte[] form) {
        try {
            Parameters parameters = FormDecoder.decode(new String(query, StandardCharsets.ISO_8859_1), form);
            readOrRefused(() -> reader.service(parameters));
            readOrRefused(() -> reader.instance(parameters));
            readOrRefused(() -> reader.key(parameters));
            readOrRefused(() -> parameters.flag("healthy", true));
            readOrRefused(() -> parameters.number("pageNo", 1, 1, 100));
        } catch (Refusal refused) {
            assertThat(refused.status()).isBetween(400, 499);
        }
    }

    @Property(tries = 500)
    void anyCharsetIsDecodedOrRefused(@ForAll("charsets") String charset, @ForAll("queries") byte[] form) {
        try {
            assertThat(FormDecoder.decode("encoding=" + charset, form)).isNotNull();
        } catch (Refusal refused) {
            assertThat(refused.status()).isBetween(400, 499);
        }
    }

    private static void readOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (Refusal refused) {
            assertThat(refused.status()).isBetween(400, 499);
        } catch (RegistryException refused) {
            assertThat(refused.code())
                    .isIn(RegistryException.Code.INVALID_ARGUMENT, RegistryException.Code.UNIMPLEMENTED);
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void anyRequestIsAnsweredOrCutOffAndNeverFails(@ForAll("requests") byte[] request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), started().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotContain(" 500 ").doesNotContain("its log says why");
        }
        assertThat(started().bare("GET", "/health/ready", "").status()).isEqualTo(200);
    }

    @Provide
    Arbitrary<byte[]> queries() {
        return Arbitraries.oneOf(Mutations.bytes(80), Mutations.of(QUERIES));
    }

    @Provide
    Arbitrary<byte[]> requests() {
        return Mutations.of(REQUESTS);
    }

    @Provide
    Arbitrary<String> charsets() {
        Map<String, Charset> known = Charset.availableCharsets();
        return Arbitraries.oneOf(
                Arbitraries.of(known.keySet()), Arbitraries.strings().alpha().ofMaxLength(12));
    }
}
