// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.ceiling.Lesson;
import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
import io.roster.bench.wire.NativeFrame;
import io.roster.bench.wire.Wire;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Asks a real server one of everything and writes down what it answers, for the ceiling to say the same. */
final class Lessons {

    private final Crowd crowd;
    private final BenchClient pupil;
    private final List<Lesson> learnt = new ArrayList<>();
    private final List<byte[]> heard = Collections.synchronizedList(new ArrayList<>());

    private Lessons(Crowd crowd) {
        this.crowd = crowd;
        this.pupil = crowd.open();
    }

    /**
     * All lessons.
     *
     * @param listLength how many instances the lists have
     * @param withPushes whether the ceiling shall tell subscribers of registrations
     */
    static List<Lesson> learn(Subject subject, int listLength, boolean withPushes) {
        try (Crowd crowd = subject.crowd()) {
            return new Lessons(crowd).learn(listLength, withPushes);
        }
    }

    private List<Lesson> learn(int listLength, boolean withPushes) {
        Wire wire = crowd.wire();
        String service = Names.service(0);
        String other = Names.service(1);
        Address address = Address.of(listLength);
        note(wire.hello(Lifetime.CONNECTION), 1);
        note(wire.register(other, address, Names.version(0)), 0);
        note(wire.heartbeat(), 0);
        note(wire.deregister(other, address), 0);
        BenchClient publisher = Stock.publish(crowd, 1, listLength);
        note(wire.query(service), 0);
        note(wire.subscribe(service), 1);
        if (withPushes) {
            CountDownLatch told = expect(1);
            crowd.ask(publisher, wire.register(service, Address.of(0), Names.version(1)), () -> {});
            crowd.await(told, "a push");
            learnt.add(new Lesson(Lesson.PUSH, List.copyOf(heard)));
        }
        return learnt;
    }

    private void note(byte[] request, int pushes) {
        CountDownLatch answered = expect(1 + pushes);
        pupil.execute(() -> pupil.request(request, 0, (client, sinceNs, reply) -> {
            heard.add(reply);
            answered.countDown();
        }));
        crowd.await(answered, "an answer");
        learnt.add(new Lesson(NativeFrame.kindOf(request), List.copyOf(heard)));
    }

    private CountDownLatch expect(int messages) {
        heard.clear();
        CountDownLatch latch = new CountDownLatch(messages);
        pupil.pushesTo((client, message) -> {
            heard.add(message);
            latch.countDown();
        });
        return latch;
    }
}
