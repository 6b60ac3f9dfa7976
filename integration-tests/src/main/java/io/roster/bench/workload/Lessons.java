// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.ceiling.Lesson;
import io.roster.bench.load.BenchClient;
import io.roster.bench.load.Crowd;
import io.roster.bench.wire.Address;
import io.roster.bench.wire.Lifetime;
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

    /** All lessons that a ceiling needs for a workload. */
    static List<Lesson> learn(Subject subject, Workload workload, Plan plan) {
        try (Crowd crowd = subject.crowd()) {
            return new Lessons(crowd).learn(workload, plan);
        }
    }

    private List<Lesson> learn(Workload workload, Plan plan) {
        Wire wire = crowd.wire();
        int listLength = workload.listLength(plan);
        String service = Names.service(0);
        String other = Names.service(1);
        Address address = Address.of(listLength);
        note(wire.hello(Lifetime.CONNECTION), 1);
        note(
                wire.registerAll(Names.service(2), List.of(address), Names.version(0))
                        .get(0),
                0);
        note(wire.register(other, address, Names.version(0)), 0);
        note(wire.heartbeat(other, address), 0);
        note(wire.deregister(other, address), 0);
        BenchClient publisher = Stock.publish(crowd, 1, listLength);
        note(wire.query(service), 0);
        note(wire.subscribe(service), 1);
        if (workload.isResuming() && wire.hasDiffs()) {
            unlearnLists();
        }
        if (workload.hasPushes()) {
            CountDownLatch told = expect(1);
            crowd.ask(publisher, wire.register(service, Address.of(0), Names.version(1)), () -> {});
            crowd.await(told, "a push");
            learnt.add(new Lesson(Lesson.PUSH, false, List.copyOf(heard)));
        }
        return learnt;
    }

    /** Who resumes gets an answer and no list. */
    private void unlearnLists() {
        Lesson subscribe = learnt.remove(learnt.size() - 1);
        learnt.add(new Lesson(
                subscribe.kind(), subscribe.hasSlots(), subscribe.messages().subList(0, 1)));
    }

    /**
     * Writes down an answer and what follows it.
     *
     * @param pushes how many messages follow, where answers and pushes share a stream; elsewhere an answer stands alone
     */
    private void note(byte[] request, int pushes) {
        Wire wire = crowd.wire();
        CountDownLatch heardAll = expect(wire.hasSlots() ? 1 + pushes : 0);
        CountDownLatch answered = new CountDownLatch(1);
        List<byte[]> replies = Collections.synchronizedList(new ArrayList<>());
        pupil.execute(() -> pupil.request(request, 0, (client, sinceNs, reply) -> {
            heard.add(reply);
            replies.add(reply);
            heardAll.countDown();
            answered.countDown();
        }));
        crowd.await(answered, "an answer");
        crowd.await(heardAll, "what follows an answer");
        learnt.add(new Lesson(wire.kindOf(request), wire.hasSlots(), List.copyOf(wire.hasSlots() ? heard : replies)));
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
