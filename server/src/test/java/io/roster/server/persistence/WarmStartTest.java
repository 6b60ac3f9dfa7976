// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.client.Client;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Departure;
import io.roster.server.client.Holder;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.ClaimKey;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.InstanceOverride;
import io.roster.server.core.Limits;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A server has gone, and the next one begins with what it had. */
class WarmStartTest {

    private static final Instance A = Instance.of("10.0.0.1", 80);
    private static final Instance B = Instance.of("10.0.0.2", 80);
    private static final Holder STREAM = Runnable::run;

    private final Life before = new Life();

    @Test
    void aClientThatReturnsWithItsSessionWasNeverMissed() {
        before.registers(before.stream("p/1"), "orders", A);
        Life life = before.next();
        long revision = life.revision("orders");
        assertThat(life.list("orders")).containsExactly("10.0.0.1");
        assertThat(onProbation(life)).isTrue();
        life.loop.advance(Life.PROBATION_MS - 1);
        ConnectionBasedClient back = life.returns("p/1", STREAM);
        assertThat(back).isNotNull();
        assertThat(onProbation(life)).isFalse();
        if (back != null) {
            life.registers(back, "orders", A);
        }
        life.loop.advance(60_000);
        assertThat(life.list("orders")).containsExactly("10.0.0.1");
        assertThat(life.revision("orders")).isEqualTo(revision);
    }

    @Test
    void aClientThatReturnsAsANewOneTakesItsPlaceUnnoticed() {
        before.registers(before.stream("p/1"), "orders", A);
        Life life = before.next();
        long revision = life.revision("orders");
        life.registers(life.stream("p/2"), "orders", A);
        life.loop.advance(60_000);
        assertThat(life.revision("orders")).isEqualTo(revision);
        assertThat(life.registry.claimCount()).isEqualTo(1);
        assertThat(life.clients.count()).isEqualTo(1);
    }

    @Test
    void aClientThatDoesNotReturnIsGone() {
        before.registers(before.stream("p/1"), "orders", A);
        Life life = before.next();
        life.loop.advance(Life.PROBATION_MS);
        assertThat(life.list("orders")).isEmpty();
        assertThat(life.clients.count()).isZero();
        assertThat(life.returns("p/1", STREAM)).isNull();
    }

    @Test
    void whoeverBeatsStaysAndWhoeverDoesNotGoesAsEver() {
        before.registers("orders", A);
        before.registers("orders", B);
        Life life = before.next();
        assertThat(onProbation(life)).isTrue();
        for (int i = 0; i < 8; i++) {
            life.loop.advance(5_000);
            life.registry.beat(Life.service("orders"), new ClaimKey("10.0.0.1:80#true", A.key()), Life::done);
        }
        assertThat(onProbation(life)).isFalse();
        assertThat(life.list("orders")).containsExactly("10.0.0.1");
    }

    @Test
    void whatOperatorsSaidIsBackForGood() {
        InstanceKey key = B.key();
        before.registry.override(
                Life.service("orders"), key, new InstanceOverride(false, 2.0, Map.of("a", "b")), Life::done);
        before.registry.configure(Life.service("orders"), 0.5, false, Life::done);
        before.registry.declare(Life.service("empty"), Map.of("owner", "me"), Life::done);
        Life life = before.next();
        life.loop.advance(3_600_000);
        assertThat(life.inWords()).isEqualTo(before.inWords()).hasSize(2);
    }

    @Test
    void aClientWhoseIdANewOneWouldHaveIsNotDisturbed() {
        before.registers(before.stream("p/1"), "orders", A);
        Life life = before.next();
        Client awaited = life.clients.find("p/1");
        assertThat(life.clients.open(new ConnectionBasedClient("p/1", Life.info("p"), 0)))
                .isFalse();
        assertThat(life.clients.find("p/1")).isSameAs(awaited);
    }

    @Test
    void whatTheLimitsOfTodayDoNotAllowStaysOut() {
        ConnectionBasedClient provider = before.stream("p/1");
        before.registers(provider, "orders", A);
        before.registers(provider, "orders", B);
        before.registers(provider, "bills", B);
        Life life = new Life(new Limits(
                64, 128, 512, 64, 1_024, 1, 100, 100, 100, 100, Limits.DEFAULT.losses(), BeatLimits.DEFAULT));
        life.begin(before.records());
        assertThat(life.registry.claimCount()).isEqualTo(1);
        assertThat(life.list("orders").size() + life.list("bills").size()).isEqualTo(1);
    }

    @Test
    void aServiceLongerThanARecordIsBackWhole() {
        ConnectionBasedClient provider = before.stream("p/1");
        for (int i = 0; i < 2 * RecordWriter.CLAIMS + 1; i++) {
            before.registers(provider, "orders", Instance.of("10.0." + i / 250 + '.' + i % 250, 80));
        }
        before.registry.configure(Life.service("orders"), 0.5, null, Life::done);
        Life life = before.next();
        assertThat(life.inWords()).isEqualTo(before.inWords());
    }

    @Property(tries = 200)
    void whateverAServerHasTheNextOneHas(@ForAll Random chance) {
        Life first = new Life();
        List<ConnectionBasedClient> streams = List.of(first.stream("p/1"), first.stream("p/2"), first.stream("p/3"));
        for (int i = 0; i < 40; i++) {
            act(first, streams, chance);
        }
        Life second = first.next();
        assertThat(second.inWords()).isEqualTo(first.inWords());
        assertThat(second.next().inWords()).isEqualTo(first.inWords());
        streams.forEach(stream -> first.clients.close(stream, Departure.GOODBYE, "the end"));
    }

    private static void act(Life life, List<ConnectionBasedClient> streams, Random chance) {
        String service = "s" + chance.nextInt(4);
        ConnectionBasedClient stream = streams.get(chance.nextInt(streams.size()));
        Instance instance = new Instance(
                new InstanceKey("10.0.0." + chance.nextInt(4), 80, chance.nextBoolean() ? "DEFAULT" : "east"),
                chance.nextInt(3),
                chance.nextInt(5) > 0,
                chance.nextInt(5) > 0,
                chance.nextBoolean() ? Map.of() : Map.of("zone", "z\u00fcri" + chance.nextInt(3)));
        switch (chance.nextInt(8)) {
            case 0, 1, 2 -> life.registers(stream, service, instance);
            case 3 -> life.registers(service, instance);
            case 4 -> life.registry.replace(stream, Life.service(service), List.of(instance), Life::done);
            case 5 ->
                life.registry.override(
                        Life.service(service),
                        instance.key(),
                        new InstanceOverride(
                                chance.nextBoolean() ? null : (Boolean) chance.nextBoolean(),
                                chance.nextBoolean() ? null : (Double) 3.5,
                                chance.nextBoolean() ? null : Map.of("k", "v")),
                        Life::done);
            case 6 -> life.registry.configure(Life.service(service), 0.25, chance.nextBoolean(), Life::done);
            default -> life.registry.declare(Life.service(service), Map.of("owner", service), Life::done);
        }
    }

    private static boolean onProbation(Life life) {
        return life.services().get(0).claims().get(0).isOnProbation();
    }
}
