// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.View;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Provider;
import io.roster.server.fixture.Reader;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscriber that comes back says what it has and is told only what is newer. */
class ResumeTest {

    private final House house = House.withOneLoop();
    private final Provider a = house.provider("a");
    private final Reader before = house.reader("before");
    private final Reader after = house.reader("after");

    @BeforeEach
    void aReaderThatHeardTheListAndLostItsStream() {
        before.subscribes("orders");
        a.registers("orders", "10.0.0.1:80");
        house.settle();
        before.disconnects();
        house.settle();
    }

    @Test
    void whatStillHoldsIsNotToldAgain() {
        after.resumes("orders", before);
        house.settle();
        assertThat(after.told()).isEmpty();
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        assertThat(after.told()).containsExactly("orders 1->2 +10.0.0.2:80");
    }

    @Test
    void whatChangedMeanwhileIsToldAsOneChange() {
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        a.deregisters("orders", "10.0.0.1:80");
        house.settle();
        after.resumes("orders", before);
        house.settle();
        assertThat(after.told()).containsExactly("orders 1->3 +10.0.0.2:80 -10.0.0.1:80");
    }

    @Test
    void whatIsTooLongAgoIsToldInFull() {
        for (int i = 0; i < 100; i++) {
            a.deregistersAll("orders");
            a.registers("orders", "10.0.0.1:" + i);
            house.settle();
        }
        after.resumes("orders", before);
        house.settle();
        assertThat(after.told()).containsExactly("orders @101 [10.0.0.1:99]");
    }

    @Test
    void changesAreNotLoggedForeverForOneWhoDoesNotReturn() {
        house.advance(60_000);
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        after.resumes("orders", before);
        house.settle();
        assertThat(after.told()).containsExactly("orders @2 [10.0.0.1:80, 10.0.0.2:80]");
    }

    @Test
    void aRevisionFromTheFutureIsNotBelieved() {
        after.subscribes("orders", View.ALL, 99);
        house.settle();
        assertThat(after.told()).containsExactly("orders @1 [10.0.0.1:80]");
    }

    @Test
    void aServiceThatIsGoneIsToldAsAnEmptyList() {
        a.disconnects();
        house.settle();
        after.subscribes("orders", View.ALL, 1);
        house.settle();
        assertThat(after.mirror("orders").instances()).isEmpty();
        assertThat(after.told()).isNotEmpty();
    }

    @Test
    void aServiceThatWasGoneMeanwhileIsToldInFull() {
        a.deregistersAll("orders");
        house.settle();
        house.advance(120_000);
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        after.resumes("orders", before);
        house.settle();
        assertThat(after.mirror("orders").instances()).hasSize(1);
    }

    @Test
    void aHealthyOnlyViewThatResumesIsRight() {
        View healthy = View.of(List.of(), true);
        a.registers("orders", "10.0.0.2:80");
        house.settle();
        after.subscribes("orders", healthy, 1);
        house.settle();
        assertThat(after.mirror("orders", healthy).instances()).hasSize(2);
    }
}
