// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.View;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import io.roster.server.fixture.TestWire;
import io.roster.server.fixture.Words;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one change says to those who hear the service. */
class TellingTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");
    private final Reader reader = house.reader("r");

    @Test
    void aNewReaderIsToldTheWholeList() {
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        reader.subscribes("orders");
        house.settle();
        assertThat(reader.told()).containsExactly("orders @1 [10.0.0.1:80, 10.0.0.2:80]");
    }

    @Test
    void aServiceThatDoesNotExistIsToldAsAnEmptyListAndThenAsItComes() {
        reader.subscribes("orders");
        house.settle();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(reader.told()).containsExactly("orders @0 []", "orders 0->1 +10.0.0.1:80");
    }

    @Test
    void aChangeIsToldAtOnceWithoutAnyTimePassing() {
        reader.subscribes("orders");
        house.settle();
        long before = house.loops().nowMs();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(house.loops().nowMs()).isEqualTo(before);
        assertThat(reader.mirror("orders").revision()).isEqualTo(1);
    }

    @Test
    void aChangeNamesWhatCameWhatDifferedAndWhatWent() {
        a.registers("orders", "10.0.0.1:80", "10.0.0.2:80");
        house.settle();
        reader.subscribes("orders");
        house.settle();
        a.deregisters("orders", "10.0.0.1:80");
        a.registers("orders", Words.at("10.0.0.2:80").withWeight(3));
        a.registers("orders", "10.0.0.3:80");
        house.settle();
        assertThat(reader.told()).last().isEqualTo("orders 1->2 +10.0.0.2:80 weight 3.0 +10.0.0.3:80 -10.0.0.1:80");
    }

    @Test
    void noNewsIsNotTold() {
        a.registers("orders", "10.0.0.1:80");
        reader.subscribes("orders");
        house.settle();
        int told = reader.told().size();
        a.registers("orders", "10.0.0.1:80");
        a.registers("bills", "10.0.0.1:80");
        house.settle();
        assertThat(reader.told()).hasSize(told);
    }

    @Test
    void aWireThatKnowsNoDiffsIsToldTheWholeList() {
        Reader plain = house.reader("n", 0, TestWire.withoutDiffs());
        plain.subscribes("orders");
        house.settle();
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(plain.told()).containsExactly("orders @0 []", "orders @1 [10.0.0.1:80]");
    }

    @Test
    void aThousandReadersShareTheBytes() {
        TestWire wire = TestWire.withDiffs();
        List<Reader> readers = IntStream.range(0, 900)
                .mapToObj(i -> house.reader("r" + i, 0, wire))
                .toList();
        readers.forEach(each -> each.subscribes("orders"));
        house.settle();
        assertThat(wire.encoded()).isEqualTo(1);
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        assertThat(wire.encoded()).isEqualTo(2);
        assertThat(readers)
                .allSatisfy(each -> assertThat(each.mirror("orders").revision()).isEqualTo(1));
    }

    @Test
    void aViewIsNotToldOfWhatItDoesNotShow() {
        View east = View.of(List.of("east"), false);
        reader.subscribes("orders", east);
        house.settle();
        a.registers("orders", "10.0.0.1:80/west");
        house.settle();
        a.registers("orders", "10.0.0.2:80/east");
        house.settle();
        assertThat(reader.told()).containsExactly("orders @0 []", "orders 1->2 +10.0.0.2:80/east");
    }

    @Test
    void oneStreamMayHearAServiceThroughSeveralViews() {
        reader.subscribes("orders");
        reader.subscribes("orders", View.of(List.of("east"), false));
        a.registers("orders", "10.0.0.1:80/west", "10.0.0.2:80/east");
        house.settle();
        assertThat(reader.mirror("orders").instances()).hasSize(2);
        assertThat(reader.mirror("orders", View.of(List.of("east"), false)).instances())
                .hasSize(1);
    }

    @Test
    void aChangeOfTheThresholdThatFlipsTheProtectionIsTold() {
        a.registers("orders", Words.at("10.0.0.1:80").withHealthy(false));
        a.registers("orders", "10.0.0.2:80");
        reader.subscribes("orders");
        house.settle();
        house.operator().setsThreshold("orders", 0.5);
        house.settle();
        assertThat(reader.mirror("orders").isProtected()).isTrue();
    }
}
