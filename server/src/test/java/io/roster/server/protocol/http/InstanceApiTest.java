// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test has services of its own on one server. */
class InstanceApiTest {

    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theCurlLineOfTheManualRegisters() {
        assertThat(server.post("/v1/ns/instance?port=8848&healthy=true&ip=11.11.11.11&weight=1.0"
                                + "&serviceName=nacos.test.3&encoding=GBK&namespaceId=n1")
                        .body())
                .isEqualTo("ok");

        JsonNode list = server.get("/v1/ns/instance/list?serviceName=nacos.test.3&namespaceId=n1")
                .json();
        assertThat(list.get("name").asText()).isEqualTo("DEFAULT_GROUP@@nacos.test.3");
        assertThat(list.get("allIPs").asBoolean()).isFalse();
        assertThat(list.get("cacheMillis").asInt()).isEqualTo(10_000);
        JsonNode host = list.get("hosts").get(0);
        assertThat(host.get("instanceId").asText()).isEqualTo("11.11.11.11#8848#DEFAULT#DEFAULT_GROUP@@nacos.test.3");
        assertThat(host.get("healthy").asBoolean()).isTrue();
        assertThat(host.get("instanceHeartBeatTimeOut").asInt()).isEqualTo(15_000);
        assertThat(server.hosts("nacos.test.3")).as("another namespace").isEmpty();
    }

    @Test
    void anUnknownServiceHasAnEmptyList() {
        JsonNode list = server.get("/v1/ns/instance/list?serviceName=nobody&clusters=A,B")
                .json();

        assertThat(list.get("hosts")).isEmpty();
        assertThat(list.get("clusters").asText()).as("said back as asked").isEqualTo("A,B");
    }

    @Test
    void parametersMayStandInAForm() {
        assertThat(server.call("POST", "/v1/ns/instance", "serviceName=form&ip=1.1.1.1&port=1&metadata=a=b")
                        .body())
                .isEqualTo("ok");

        assertThat(server.hosts("form").get(0).get("metadata").get("a").asText())
                .isEqualTo("b");
    }

    @Test
    void whatIsAcknowledgedIsInTheNextList() {
        for (int i = 1; i <= 20; i++) {
            server.post("/v1/ns/instance?serviceName=own&ip=10.0.0." + i + "&port=1");
            assertThat(server.hosts("own")).hasSize(i);
        }
    }

    @Test
    void deregisteringWhatIsNotThereIsNoError() {
        server.post("/v1/ns/instance?serviceName=gone&ip=1.1.1.1&port=1");

        assertThat(server.delete("/v1/ns/instance?serviceName=gone&ip=1.1.1.1&port=1")
                        .body())
                .isEqualTo("ok");
        assertThat(server.delete("/v1/ns/instance?serviceName=gone&ip=1.1.1.1&port=1")
                        .body())
                .isEqualTo("ok");
        assertThat(server.hosts("gone")).isEmpty();
    }

    @Test
    void clustersAndHealthSelect() {
        server.post("/v1/ns/instance?serviceName=sel&ip=1.1.1.1&port=1&clusterName=A");
        server.post("/v1/ns/instance?serviceName=sel&ip=1.1.1.2&port=1&clusterName=B&healthy=false");

        assertThat(server.hosts("sel&clusters=A")).hasSize(1);
        assertThat(server.hosts("sel&clusters=A,B")).hasSize(2);
        assertThat(server.hosts("sel&healthyOnly=true")).hasSize(1);
        assertThat(server.hosts("sel&clusters=B&healthyOnly=true")).isEmpty();
        assertThat(server.hosts("sel&clusters=C")).isEmpty();
    }

    @Test
    void putReplacesWhatTheOperatorSaidAndPatchAmendsIt() {
        server.post("/v1/ns/instance?serviceName=ops&ip=1.1.1.1&port=1&weight=2&metadata=a=1,b=1");
        String instance = "/v1/ns/instance?serviceName=ops&ip=1.1.1.1&port=1";

        assertThat(server.put(instance + "&weight=5&metadata=b=2").body()).isEqualTo("ok");
        assertThat(server.patch(instance + "&weight=7").body()).isEqualTo("ok");

        JsonNode host = server.hosts("ops").get(0);
        assertThat(host.get("weight").asDouble()).isEqualTo(7);
        assertThat(host.get("metadata").toString()).contains("\"a\":\"1\"", "\"b\":\"2\"");

        server.put(instance);
        host = server.hosts("ops").get(0);
        assertThat(host.get("weight").asDouble()).as("left out: the default").isEqualTo(1);
        assertThat(host.get("metadata").get("b").asText()).isEqualTo("1");
    }

    @Test
    void aDisabledInstanceIsHiddenFromConsumersOnly() {
        server.post("/v1/ns/instance?serviceName=dis&ip=1.1.1.1&port=1");
        server.put("/v1/ns/instance?serviceName=dis&ip=1.1.1.1&port=1&enabled=false");

        assertThat(server.hosts("dis")).isEmpty();
        JsonNode shown =
                server.get("/v1/ns/instance?serviceName=dis&ip=1.1.1.1&port=1").json();
        assertThat(shown.get("service").asText()).isEqualTo("DEFAULT_GROUP@@dis");
        assertThat(server.get("/v1/ns/catalog/instances?serviceName=dis&clusterName=DEFAULT&pageNo=1&pageSize=10")
                        .json()
                        .get("list")
                        .get(0)
                        .get("enabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatIsNotThereCannotBeShownOrAmended() {
        server.post("/v1/ns/instance?serviceName=one&ip=1.1.1.1&port=1");

        HttpServer.Answer noIp = server.get("/v1/ns/instance?serviceName=one&ip=2.2.2.2&port=1");
        assertThat(noIp.status()).isEqualTo(404);
        assertThat(noIp.body()).isEqualTo("no matched ip found!");
        HttpServer.Answer noCluster = server.patch("/v1/ns/instance?serviceName=two&ip=2.2.2.2&port=1&weight=2");
        assertThat(noCluster.status()).isEqualTo(404);
        assertThat(noCluster.body()).isEqualTo("no ips found for cluster DEFAULT in service DEFAULT_GROUP@@two");
        assertThat(server.put("/v1/ns/instance?serviceName=two&ip=2.2.2.2&port=1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void metadataOfManyInstancesIsEditedAtOnce() {
        server.post("/v1/ns/instance?serviceName=many&ip=1.1.1.1&port=1&metadata=own=1");
        server.post("/v1/ns/instance?serviceName=many&ip=1.1.1.2&port=1");

        JsonNode updated = server.put("/v1/ns/instance/metadata/batch?serviceName=many&metadata=zone=z")
                .json();
        assertThat(updated.get("updated")).hasSize(2);
        assertThat(server.hosts("many").get(0).get("metadata").toString()).contains("own", "zone");

        updated = server.delete("/v1/ns/instance/metadata/batch?serviceName=many&metadata=zone=&instances="
                        + "%5B%7B%22ip%22:%221.1.1.2%22,%22port%22:1%7D%5D")
                .json();
        assertThat(updated.get("updated").get(0).asText()).isEqualTo("1.1.1.2:1:unknown:DEFAULT:ephemeral");
        assertThat(server.hosts("many").get(0).get("metadata").has("zone")).isTrue();
        assertThat(server.hosts("many").get(1).get("metadata").has("zone")).isFalse();
    }

    @Test
    void statusesAreShownByKey() {
        server.post("/v1/ns/instance?serviceName=stat&ip=1.1.1.1&port=1&namespaceId=n");

        assertThat(server.get("/v1/ns/instance/statuses?key=n%23%23DEFAULT_GROUP@@stat")
                        .body())
                .isEqualTo("{\"ips\":[\"1.1.1.1:1_true\"]}");
        assertThat(server.get("/v1/ns/instance/statuses/n%23%23DEFAULT_GROUP@@stat")
                        .body())
                .isEqualTo("{\"ips\":[\"1.1.1.1:1_true\"]}");
    }
}
