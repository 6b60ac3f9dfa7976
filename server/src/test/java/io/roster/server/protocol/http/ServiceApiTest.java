// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test has a namespace of its own on one server. */
class ServiceApiTest {

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
    void aServiceMadeByHandIsListedThoughNobodyServesIt() {
        assertThat(server.post(
                                "/v1/ns/service?serviceName=empty&namespaceId=made&metadata=owner=me&protectThreshold=0.5")
                        .body())
                .isEqualTo("ok");

        assertThat(server.get("/v1/ns/service/list?pageNo=1&pageSize=10&namespaceId=made")
                        .body())
                .isEqualTo("{\"count\":1,\"doms\":[\"empty\"]}");
        JsonNode service =
                server.get("/v1/ns/service?serviceName=empty&namespaceId=made").json();
        assertThat(service.get("protectThreshold").asDouble()).isEqualTo(0.5);
        assertThat(service.get("metadata").get("owner").asText()).isEqualTo("me");
        assertThat(service.get("selector").get("type").asText()).isEqualTo("none");
    }

    @Test
    void aServiceMadeByHandTakesInstancesLikeAnyOther() {
        server.post("/v1/ns/service?serviceName=a&namespaceId=takes");

        assertThat(server.post("/v1/ns/instance?serviceName=a&namespaceId=takes&ip=1.1.1.1&port=1")
                        .body())
                .isEqualTo("ok");
    }

    @Test
    void aServiceIsRemovedByHandOnlyWhenItIsEmpty() {
        server.post("/v1/ns/service?serviceName=a&namespaceId=rem");
        server.post("/v1/ns/instance?serviceName=a&namespaceId=rem&ip=1.1.1.1&port=1");
        server.put("/v1/ns/instance?serviceName=a&namespaceId=rem&ip=1.1.1.1&port=1&weight=3");

        HttpServer.Answer notEmpty = server.delete("/v1/ns/service?serviceName=a&namespaceId=rem");
        assertThat(notEmpty.status()).isEqualTo(400);
        assertThat(notEmpty.body())
                .isEqualTo("Service DEFAULT_GROUP@@a is not empty, can't be delete. Please unregister instance first");

        server.delete("/v1/ns/instance?serviceName=a&namespaceId=rem&ip=1.1.1.1&port=1");
        assertThat(server.delete("/v1/ns/service?serviceName=a&namespaceId=rem").body())
                .isEqualTo("ok");
        assertThat(server.delete("/v1/ns/service?serviceName=a&namespaceId=rem").body())
                .isEqualTo("service DEFAULT_GROUP@@a not found!");
        assertThat(server.get("/v1/ns/service/list?pageNo=1&pageSize=10&namespaceId=rem")
                        .body())
                .isEqualTo("{\"count\":0,\"doms\":[]}");
    }

    @Test
    void aServiceCannotBeMadeTwiceOrChangedBeforeItIsThere() {
        server.post("/v1/ns/service?serviceName=a&namespaceId=twice");

        assertThat(server.post("/v1/ns/service?serviceName=a&namespaceId=twice").body())
                .isEqualTo("specified service DEFAULT_GROUP@@a already exists!");
        assertThat(server.put("/v1/ns/service?serviceName=b&namespaceId=twice&protectThreshold=0.1")
                        .body())
                .isEqualTo("service DEFAULT_GROUP@@b not found!");
        assertThat(server.put("/v1/ns/service?serviceName=a&namespaceId=twice&protectThreshold=1.1")
                        .status())
                .isEqualTo(400);
        assertThat(server.get("/v1/ns/service?serviceName=b&namespaceId=twice").body())
                .isEqualTo("service not found, namespace: twice, serviceName: DEFAULT_GROUP@@b");
    }

    @Test
    void tooFewHealthyInstancesAreAllOfferedAsHealthyIfThereIsAThreshold() {
        server.post("/v1/ns/service?serviceName=a&namespaceId=prot&protectThreshold=0.5");
        server.post("/v1/ns/instance?serviceName=a&namespaceId=prot&ip=1.1.1.1&port=1");
        server.post("/v1/ns/instance?serviceName=a&namespaceId=prot&ip=1.1.1.2&port=1&healthy=false");

        JsonNode list = server.get("/v1/ns/instance/list?serviceName=a&namespaceId=prot&healthyOnly=true")
                .json();
        assertThat(list.get("reachProtectionThreshold").asBoolean()).isTrue();
        assertThat(list.get("hosts"))
                .hasSize(2)
                .allMatch(host -> host.get("healthy").asBoolean());
    }

    @Test
    void withoutAThresholdUnhealthyInstancesStayUnhealthy() {
        server.post("/v1/ns/instance?serviceName=a&namespaceId=noprot&ip=1.1.1.1&port=1&healthy=false");

        JsonNode list = server.get("/v1/ns/instance/list?serviceName=a&namespaceId=noprot")
                .json();
        assertThat(list.get("reachProtectionThreshold").asBoolean()).isFalse();
        assertThat(list.get("hosts").get(0).get("healthy").asBoolean()).isFalse();
    }

    @Test
    void listsArePagedByGroup() {
        for (String name : new String[] {"a", "b", "c"}) {
            server.post("/v1/ns/instance?serviceName=" + name + "&namespaceId=pages&ip=1.1.1.1&port=1");
        }
        server.post("/v1/ns/instance?serviceName=G@@d&namespaceId=pages&ip=1.1.1.1&port=1");

        String list = "/v1/ns/service/list?namespaceId=pages&pageSize=2&pageNo=";
        assertThat(server.get(list + 1).body()).isEqualTo("{\"count\":3,\"doms\":[\"a\",\"b\"]}");
        assertThat(server.get(list + 2).body()).isEqualTo("{\"count\":3,\"doms\":[\"c\"]}");
        assertThat(server.get(list + 9).body()).isEqualTo("{\"count\":3,\"doms\":[]}");
        assertThat(server.get(list + "1&groupName=G").body()).isEqualTo("{\"count\":1,\"doms\":[\"d\"]}");
        assertThat(server.get("/v1/ns/service/names?namespaceId=pages").body())
                .isEqualTo("{\"META-INF/services\":{\"pages\":[\"DEFAULT_GROUP@@a\",\"DEFAULT_GROUP@@b\","
                        + "\"DEFAULT_GROUP@@c\",\"G@@d\"]},\"count\":4}");
        assertThat(server.get("/v3/admin/ns/service/list?namespaceId=pages&pageSize=3")
                        .data()
                        .get("pagesAvailable")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void theCatalogFindsServicesByPartsOfTheirNames() {
        server.post("/v1/ns/instance?serviceName=order-api&namespaceId=cat&ip=1.1.1.1&port=1");
        server.post("/v1/ns/instance?serviceName=user-api&namespaceId=cat&ip=1.1.1.1&port=1");
        server.post("/v1/ns/service?serviceName=order-job&namespaceId=cat");

        String catalog = "/v1/ns/catalog/services?namespaceId=cat&pageNo=1&pageSize=10";
        assertThat(server.get(catalog + "&serviceNameParam=order")
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.get(catalog + "&serviceNameParam=*-api")
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.get(catalog + "&hasIpCount=true").json().get("count").asInt())
                .isEqualTo(2);
        JsonNode line = server.get(catalog).json().get("serviceList").get(0);
        assertThat(line.toString())
                .isEqualTo("{\"name\":\"order-api\",\"groupName\":\"DEFAULT_GROUP\",\"clusterCount\":1,\"ipCount\":1,"
                        + "\"healthyInstanceCount\":1,\"triggerFlag\":\"false\"}");
        assertThat(server.get(catalog + "&withInstances=true")
                        .json()
                        .get(0)
                        .get("clusterMap")
                        .has("DEFAULT"))
                .isTrue();
    }

    @Test
    void aNamespaceIsThereAsLongAsAServiceIsInIt() {
        server.post("/v1/ns/instance?serviceName=a&namespaceId=space-1&ip=1.1.1.1&port=1");

        assertThat(server.get("/v1/console/namespaces").body())
                .startsWith(
                        "{\"code\":200,\"message\":null,\"data\":[{\"namespace\":\"\",\"namespaceShowName\":\"public\"")
                .contains("\"namespace\":\"space-1\"");
    }
}
