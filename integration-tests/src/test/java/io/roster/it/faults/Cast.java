// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.it.history.History;
import io.roster.it.history.Lifetime;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who takes part in a round: publishers and subscribers with their links. Publishers are each for one thread. */
final class Cast implements AutoCloseable {

    private final History history;
    private final Operations operations;
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, Reader> readers = new LinkedHashMap<>();
    private final Map<String, Role> roles = new LinkedHashMap<>();

    /** A place among the publishers, taken by one client after the other. */
    private static final class Role {
        private volatile @Nullable Publisher publisher;
        private int incarnation;
    }

    Cast(History history, Operations operations, Server server) throws IOException {
        this.history = history;
        this.operations = operations;
        for (String publisher : Plan.PUBLISHERS) {
            links.put(publisher, new Link(server.grpcPort()));
            roles.put(publisher, new Role());
        }
        for (String reader : Plan.READERS) {
            int port = server.grpcPort();
            if (!reader.endsWith("direct")) {
                Link link = new Link(server.grpcPort());
                links.put(reader, link);
                port = link.port();
            }
            readers.put(reader, reader(reader, port));
        }
    }

    private Reader reader(String name, int port) {
        if (name.startsWith("sdk")) {
            return new SdkReader(name, history, port, Plan.SERVICES);
        } else if (name.startsWith("nacos")) {
            return new NacosReader(name, history, port, Plan.SERVICES);
        } else {
            return new StreamReader(name, history, port, Plan.SERVICES);
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
            present = publisher(name, name + '#' + role.incarnation, link(name).port());
            role.publisher = present;
        }
        return present;
    }

    private Publisher publisher(String part, String name, int port) {
        if (part.startsWith("sdk")) {
            return new SdkPublisher(name, part, history, operations, port, Lifetime.RETURNING);
        } else if (part.startsWith("beats")) {
            return new SdkPublisher(name, part, history, operations, port, Lifetime.BEATS);
        } else if (part.startsWith("unary")) {
            return new UnaryPublisher(name, part, history, operations, port);
        } else {
            return new StreamPublisher(name, part, history, operations, port);
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
