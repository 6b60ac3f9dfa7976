// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.it.Access;
import io.roster.it.history.History;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes part in a round: publishers and subscribers with their links. Publishers are each for one thread. */
final class Cast implements AutoCloseable {

    private final History history;
    private final Operations operations;
    private final Access access;
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, Reader> readers = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();

    /** A part that one publisher after the other plays, always at the same place. */
    private static final class Role {
        private final String place;
        private volatile @Nullable Publisher publisher;
        private int incarnation;

        Role(String place) {
            this.place = place;
        }
    }

    Cast(History history, Operations operations, Server server) throws IOException {
        this.history = history;
        this.operations = operations;
        this.access = server.access();
        for (String publisher : Plan.PUBLISHERS) {
            links.put(publisher, new Link(server.grpcPort()));
            roles.put(publisher, new Role(publisher));
        }
        links.put(Plan.CROWDED, new Link(server.grpcPort()));
        Plan.CROWD.forEach(member -> roles.put(member, new Role(Plan.CROWDED)));
        for (String reader : Plan.READERS) {
            Line line = new Line(access, server.grpcPort());
            if (!reader.endsWith("direct")) {
                Link link = new Link(server.grpcPort());
                links.put(reader, link);
                line = new Line(access, link.port());
            }
            readers.put(reader, reader(reader, line));
        }
    }

    private Reader reader(String name, Line line) {
        if (name.startsWith("sdk")) {
            return new SdkReader(name, history, line, Plan.HEARD);
        } else if (name.startsWith("nacos")) {
            return new NacosReader(name, history, line, Plan.HEARD);
        } else {
            return new StreamReader(name, history, line, Plan.HEARD);
        }
    }

    Link link(String client) {
        return find(links, client);
    }

    Reader reader(String name) {
        return find(readers, name);
    }

    /** Who plays this part now; somebody new if nobody does. */
    Publisher publisher(String name) {
        Role role = find(roles, name);
        Publisher present = role.publisher;
        if (present == null || !present.isHere()) {
            role.incarnation++;
            present = publisher(
                    role.place,
                    name + '#' + role.incarnation,
                    new Line(access, link(role.place).port()));
            role.publisher = present;
        }
        return present;
    }

    private Publisher publisher(String place, String name, Line line) {
        if (place.equals(Plan.CROWDED)) {
            return SdkPublisher.withoutGrace(name, place, history, operations, line);
        } else if (place.startsWith("sdk")) {
            return SdkPublisher.byStream(name, place, history, operations, line);
        } else if (place.startsWith("beats")) {
            return SdkPublisher.byHeartbeats(name, place, history, operations, line);
        } else if (place.startsWith("unary")) {
            return new UnaryPublisher(name, place, history, operations, line);
        } else {
            return new StreamPublisher(name, place, history, operations, line);
        }
    }

    private static <T> T find(Map<String, T> from, String name) {
        T found = from.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " (expected: one of " + from.keySet() + ')');
        }
        return found;
    }

    /** Notes whether whoever plays this part now is connected. Any thread. */
    void noteIfWell(String name) {
        Role role = roles.get(name);
        Publisher present = role == null ? null : role.publisher;
        if (present != null) {
            present.noteIfWell();
        }
    }

    /** Everybody says goodbye. */
    void leave() {
        for (Role role : roles.values()) {
            Publisher present = role.publisher;
            if (present != null) {
                present.close();
            }
        }
        readers.values().forEach(Reader::close);
    }

    @Override
    public void close() throws IOException {
        leave();
        for (Link link : links.values()) {
            link.close();
        }
    }
}
