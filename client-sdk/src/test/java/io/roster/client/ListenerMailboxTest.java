// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class ListenerMailboxTest {
    private static final SubscriptionKey KEY = new SubscriptionKey(ServiceName.of("orders"), View.ALL);
    private static final Instance A = Instance.of("10.0.0.1", 80);
    private static final Instance B = Instance.of("10.0.0.2", 80);
    private static final Instance C = Instance.of("10.0.0.3", 80);

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<ServiceEvent> events = new ArrayList<>();
    private final ListenerMailbox mailbox = new ListenerMailbox(KEY, events::add, executor::add);

    @Test
    void whatASlowListenerMissesIsMergedIntoItsNextEvent() {
        mailbox.put(of(A));
        drain();

        mailbox.put(of(A, B));
        mailbox.put(of(B));
        mailbox.put(of(B, C));
        assertThat(executor).hasSize(1);
        drain();

        assertThat(events).hasSize(2);
        assertThat(events.get(1).added()).containsExactly(B, C);
        assertThat(events.get(1).removed()).containsExactly(A);
    }

    @Test
    void whatComesAndGoesBetweenTwoEventsIsNotTold() {
        mailbox.put(of(A));
        drain();

        mailbox.put(of(A, B));
        mailbox.put(of(A));
        drain();

        assertThat(events).hasSize(1);
    }

    @Test
    void whatComesDuringAnEventIsToldAfterIt() {
        ListenerMailbox[] itself = new ListenerMailbox[1];
        itself[0] = new ListenerMailbox(
                KEY,
                event -> {
                    events.add(event);
                    if (events.size() == 1) {
                        itself[0].put(of(A, B));
                    }
                },
                executor::add);

        itself[0].put(of(A));
        drain();

        assertThat(events).extracting(ServiceEvent::added).containsExactly(List.of(A), List.of(B));
    }

    @Test
    void aListenerThatThrowsHearsTheNextEvent() {
        ListenerMailbox throwing = new ListenerMailbox(
                KEY,
                event -> {
                    events.add(event);
                    throw new AssertionError("a listener's own fault");
                },
                executor::add);
        throwing.put(of(A));
        drain();

        throwing.put(of(A, B));
        drain();

        assertThat(events).hasSize(2);
        assertThat(events.get(1).added()).containsExactly(B);
    }

    @Test
    void anExecutorThatRefusesDelaysTheEventToTheNext() {
        List<Runnable> accepted = new ArrayList<>();
        boolean[] isFull = {true};
        ListenerMailbox refused = new ListenerMailbox(KEY, events::add, task -> {
            if (isFull[0]) {
                throw new RejectedExecutionException("full");
            }
            accepted.add(task);
        });
        refused.put(of(A));
        isFull[0] = false;

        refused.put(of(A, B));
        accepted.forEach(Runnable::run);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).added()).containsExactly(A, B);
    }

    @Test
    void tellsNothingOnceClosed() {
        mailbox.put(of(A));
        mailbox.close();

        drain();

        assertThat(events).isEmpty();
    }

    private void drain() {
        for (Runnable task = executor.poll(); task != null; task = executor.poll()) {
            task.run();
        }
    }

    private static InstanceList of(Instance... instances) {
        return new InstanceList(List.of(instances), InstanceList.Age.CURRENT, InstanceList.Flags.NONE);
    }
}
