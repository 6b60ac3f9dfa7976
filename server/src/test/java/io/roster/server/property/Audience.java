// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.core.View;
import io.roster.server.fixture.House;
import io.roster.server.fixture.Mirror;
import io.roster.server.fixture.Reader;
import io.roster.server.fixture.TestWire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Readers on every loop; each keeps its lists from nothing but what it is told. */
final class Audience {

    static final int SIZE = 3;

    private final House house;
    private final List<Seat> seats = new ArrayList<>();

    /** What a reader should be hearing. */
    private record Wanted(String service, View view) {}

    private static final class Seat {
        Reader reader;
        final Set<Wanted> wanted = new HashSet<>();
        boolean stalled;

        Seat(Reader reader) {
            this.reader = reader;
        }
    }

    Audience(House house) {
        this.house = house;
        for (int i = 0; i < SIZE; i++) {
            seats.add(new Seat(newReader(i)));
        }
    }

    private Reader newReader(int who) {
        TestWire wire = who == 0 ? TestWire.withoutDiffs() : TestWire.withDiffs();
        return house.reader("r" + who, who % house.fanouts().all().size(), wire);
    }

    void subscribe(int who, String service, View view) {
        seats.get(who).wanted.add(new Wanted(service, view));
        seats.get(who).reader.subscribes(service, view);
    }

    void unsubscribe(int who, String service, View view) {
        seats.get(who).wanted.remove(new Wanted(service, view));
        seats.get(who).reader.unsubscribes(service, view);
    }

    void stall(int who) {
        seats.get(who).stalled = true;
        seats.get(who).reader.stalls();
    }

    void take(int who, int messages) {
        seats.get(who).stalled = true;
        seats.get(who).reader.takes(messages);
    }

    void read(int who) {
        seats.get(who).stalled = false;
        seats.get(who).reader.reads();
    }

    /** The stream breaks and a new one takes its place, with what the old one had of whole lists. */
    void reconnect(int who) {
        Seat seat = seats.get(who);
        house.settle();
        Reader former = seat.reader;
        former.disconnects();
        seat.reader = newReader(who);
        seat.stalled = false;
        for (Wanted each : seat.wanted) {
            if (each.view.equals(View.ALL) && former.mirror(each.service).revision() >= 0) {
                seat.reader.resumes(each.service, former);
            } else {
                seat.reader.subscribes(each.service, each.view);
            }
        }
    }

    void readAll() {
        for (int i = 0; i < SIZE; i++) {
            read(i);
        }
    }

    /** Every reader that reads has the list that everybody sees. */
    void check() {
        seats.stream().filter(seat -> !seat.stalled).forEach(this::check);
    }

    void checkAll() {
        seats.forEach(this::check);
    }

    private void check(Seat seat) {
        for (Wanted each : seat.wanted) {
            Mirror mirror = seat.reader.mirror(each.service, each.view);
            var truth = house.snapshot(each.service);
            assertThat(mirror.instances())
                    .as("the list of %s as told", each)
                    .isEqualTo(truth.through(each.view).instances());
            assertThat(mirror.isProtected())
                    .as("%s is protected", each)
                    .isEqualTo(truth.through(each.view).isProtected());
            assertThat(mirror.isGuarded()).as("%s is guarded", each).isEqualTo(truth.isGuarded());
            if (each.view.equals(View.ALL)) {
                assertThat(mirror.revision()).as("revision of %s", each).isEqualTo(truth.revision());
            }
        }
        assertThat(seat.reader.outbox().subscriptions()).hasSize(seat.wanted.size());
    }

    void leave() {
        for (Seat seat : seats) {
            seat.reader.disconnects();
            seat.wanted.clear();
        }
    }
}
