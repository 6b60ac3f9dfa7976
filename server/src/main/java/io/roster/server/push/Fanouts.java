// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.client.Client;
import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The push loops of a server. Thread: any. */
public final class Fanouts {

    private final List<Fanout> all;
    private final AtomicInteger next = new AtomicInteger();

    public Fanouts(List<Fanout> all) {
        this.all = List.copyOf(all);
    }

    public List<Fanout> all() {
        return all;
    }

    /** The push loop that the caller runs on, so that its stream is written to from its own thread; else the next one. */
    public Fanout here() {
        for (Fanout fanout : all) {
            if (fanout.loop().inLoop()) {
                return fanout;
            }
        }
        return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }

    /** Says nothing more on any stream. */
    public void mute() {
        all.forEach(Fanout::mute);
    }

    /** The server has settled. */
    public void settle() {
        all.forEach(Fanout::settle);
    }

    /** Who hears a service. */
    public CompletableFuture<List<Subscription>> subscribers(ServiceName service) {
        return gather(fanout -> fanout.subscribers(service));
    }

    /** What a client hears. */
    public CompletableFuture<List<Subscription>> subscriptionsOf(Client client) {
        return gather(fanout -> fanout.subscriptionsOf(client));
    }

    private CompletableFuture<List<Subscription>> gather(Function<Fanout, List<Subscription>> question) {
        List<CompletableFuture<List<Subscription>>> answers = new ArrayList<>();
        for (Fanout fanout : all) {
            answers.add(CompletableFuture.supplyAsync(() -> question.apply(fanout), fanout.loop()::execute));
        }
        return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> answers.stream()
                        .flatMap(answer -> answer.join().stream())
                        .toList());
    }

    /** How many streams were ended because they did not read. */
    public long stalledCount() {
        return all.stream().mapToLong(fanout -> fanout.stalled().gaveUp()).sum();
    }

    /** How many subscriptions all streams hold. */
    public long subscriptions() {
        return all.stream().mapToLong(Fanout::subscriptions).sum();
    }
}
