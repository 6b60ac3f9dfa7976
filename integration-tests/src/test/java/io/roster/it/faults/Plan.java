// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.roster.bench.wire.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is to happen in one round: the same for the same seed and options. Immutable. */
record Plan(long seed, Options options, List<Step> steps) {

    static final List<String> SERVICES = List.of("orders", "payments", "stock");

    /** Clients that publish, by how: the SDK's streams, its heartbeats, unary calls, and native streams spoken by hand. */
    static final List<String> PUBLISHERS = List.of("sdk1", "sdk2", "sdk3", "beats1", "unary1", "hand1", "hand2");

    /** Many that publish in a service of their own, each one instance, and share a link: what breaks, breaks for all. */
    static final List<String> CROWD =
            IntStream.range(0, 20).mapToObj(i -> "crowd" + i).toList();

    /** The link and the service of the crowd. */
    static final String CROWDED = "crowd";

    /**
     * How many of them stay listed when all are lost: half of those expected, of which a quarter may be forgotten within the
     * 15 s that any of them is away at the longest.
     */
    static final int LEAST_OF_CROWD = 7;

    /** Subscribers; those whose names say so have no link of their own, and nothing disturbs them. */
    static final List<String> READERS =
            List.of("sdkreader1", "sdkreader2direct", "reader1", "reader2", "reader3direct", "nacosreader1");

    /** All that subscribers hear. */
    static final List<String> HEARD =
            Stream.concat(SERVICES.stream(), Stream.of(CROWDED)).toList();

    private static final List<Trouble> TROUBLES = List.of(Trouble.values());
    private static final int OWN_ADDRESSES = 3;
    private static final int FIRST_OF_CROWD = 300;
    private static final int VISITS = 4;
    private static final int STRANGERS = 12;

    /** What happens to the server itself in a round. */
    enum ServerFault {
        NONE,
        KILL,
        /** It keeps its state on disk, and begins again with it. */
        WARM_KILL,
        PAUSE
    }

    /**
     * How a round is.
     *
     * @param lengthMs of the time in which things happen
     * @param operationEveryMs of each publisher, on average
     * @param troubleEveryMs of each link, on average
     * @param isSecured whether everybody speaks TLS and shows a token
     * @param isThorough whether it waits until the server has forgotten even addresses that only fell silent
     */
    record Options(
            long lengthMs,
            ServerFault serverFault,
            long operationEveryMs,
            long troubleEveryMs,
            boolean isSecured,
            boolean isThorough) {}

    static Plan of(long seed, Options options) {
        return new Plan(seed, options, new Planner(new Random(seed), options).steps());
    }

    /** Whether what a client publishes lives with a connection, not by heartbeats. */
    static boolean publishesByStream(String client) {
        return client.equals(CROWDED)
                || (PUBLISHERS.contains(client) && !client.startsWith("beats") && !client.startsWith("unary"));
    }

    private record Planner(Random random, Options options, List<Step> planned) {

        Planner(Random random, Options options) {
            this(random, options, new ArrayList<>());
        }

        List<Step> steps() {
            PUBLISHERS.forEach(this::operations);
            PUBLISHERS.forEach(this::troubles);
            crowd();
            troubles(CROWDED);
            READERS.stream().filter(reader -> !reader.endsWith("direct")).forEach(this::troubles);
            stalls();
            programs();
            serverFault();
            strangers();
            planned.sort(Comparator.comparingLong(Step::atMs));
            return List.copyOf(planned);
        }

        private void operations(String publisher) {
            int first = 10 * PUBLISHERS.indexOf(publisher);
            Set<List<Object>> registered = new HashSet<>();
            for (long at = about(300); at < options.lengthMs(); at += about(options.operationEveryMs())) {
                String service = SERVICES.get(random.nextInt(SERVICES.size()));
                Address address = address(publisher, first);
                List<Object> place = List.of(service, address);
                if (random.nextInt(30) == 0) {
                    planned.add(new Step.Leave(at, publisher));
                    registered.clear();
                } else if (registered.contains(place) && random.nextInt(2) == 0) {
                    planned.add(new Step.Deregister(at, publisher, service, address));
                    registered.remove(place);
                } else {
                    planned.add(new Step.Register(at, publisher, service, address, 1 + random.nextInt(3)));
                    registered.add(place);
                }
            }
        }

        private void crowd() {
            for (int i = 0; i < CROWD.size(); i++) {
                planned.add(new Step.Register(
                        random.nextInt(200), CROWD.get(i), CROWDED, Address.of(FIRST_OF_CROWD + i), 1));
            }
        }

        /** One of its own; or, of those that live by streams, one that others claim as well. */
        private Address address(String publisher, int first) {
            return publishesByStream(publisher) && random.nextInt(5) == 0
                    ? Address.of(100)
                    : Address.of(first + random.nextInt(OWN_ADDRESSES));
        }

        private void troubles(String client) {
            long at = about(options.troubleEveryMs());
            while (true) {
                Trouble trouble = TROUBLES.get(random.nextInt(TROUBLES.size()));
                if (trouble == Trouble.LATE_END && client.startsWith("unary")) {
                    // Unary calls have no session: nothing tells old words from new ones.
                    trouble = Trouble.RESET;
                }
                long length = 200 + random.nextLong(2_500);
                if (at + length > options.lengthMs()) {
                    return;
                }
                planned.add(new Step.Break(at, client, trouble, length));
                at += length + about(options.troubleEveryMs());
            }
        }

        private void stalls() {
            for (String reader : List.of("reader2", "sdkreader1")) {
                long length = 1_000 + random.nextLong(3_000);
                long at = about(options.lengthMs() / 2);
                if (at + length < options.lengthMs()) {
                    planned.add(new Step.Stall(at, reader, length));
                }
            }
        }

        private void strangers() {
            for (int i = 0; i < VISITS; i++) {
                long length = random.nextLong(2_000);
                planned.add(new Step.Visit(
                        random.nextLong(options.lengthMs() - length), 1 + random.nextInt(STRANGERS), length));
            }
        }

        private void programs() {
            long at = options.lengthMs() / 4 + random.nextLong(500);
            String service = SERVICES.get(random.nextInt(SERVICES.size()));
            long life = options.lengthMs() / 2 + random.nextLong(1_000);
            planned.add(new Step.RunProgram(at, "program1", service, Address.of(200), life));
        }

        private void serverFault() {
            long at = options.lengthMs() * 2 / 5 + random.nextLong(1_000);
            switch (options.serverFault()) {
                case KILL, WARM_KILL -> planned.add(new Step.KillServer(at, random.nextInt(500)));
                case PAUSE -> planned.add(new Step.PauseServer(at, 2_000 + random.nextLong(2_500)));
                case NONE -> {
                    // Nothing happens to it.
                }
            }
        }

        /** Between half and one and a half times as long. */
        private long about(long ms) {
            return ms / 2 + random.nextLong(ms + 1);
        }
    }
}
