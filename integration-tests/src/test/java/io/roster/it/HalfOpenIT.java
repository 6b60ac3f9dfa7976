// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roster.client.RosterClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A peer that is gone without a word: no FIN, no RST. */
class HalfOpenIT {

    @Test
    void isFoundWithin15SecondsAndNobodyElseIsDisturbed() throws Exception {
        try (RosterProcess server = RosterProcess.start();
                StallingProxy cable = new StallingProxy(server.grpcPort());
                RosterClient behind = RosterClient.builder()
                        .servers("127.0.0.1:" + cable.port())
                        .grace(Duration.ZERO)
                        .build();
                RosterClient consumer = RosterClient.connect("127.0.0.1:" + server.grpcPort())) {
            behind.registerInstance("orders", "10.0.0.7", 8080);
            consumer.registerInstance("orders", "10.0.0.8", 8080);
            consumer.subscribe("orders", event -> {});
            await().until(() -> consumer.getAllInstances("orders").size() == 2);
            cable.stall();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> consumer.getAllInstances("orders").size() == 1);
            assertThat(consumer.getAllInstances("orders").isStale()).isFalse();
            assertThat(consumer.getAllInstances("orders").get(0).ip()).isEqualTo("10.0.0.8");
        }
    }
}
