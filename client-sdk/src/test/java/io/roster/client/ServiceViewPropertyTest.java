// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** A view that applies a snapshot and the diffs after it equals the list that they were made from. */
final class ServiceViewPropertyTest {
    /** What happens to the list at once: these are put in, and, unless they are among them, those are taken out. */
    record Change(List<Instance> put, List<InstanceKey> taken) {}

    @Property(tries = 300)
    void aSnapshotAndDiffsGiveTheTruth(@ForAll("changes") @Size(max = 20) List<Change> changes) {
        Map<InstanceKey, Instance> truth = new TreeMap<>();
        ServiceView view = new ServiceView(View.ALL);
        assertThat(view.apply(snapshot(1, 0, truth))).isTrue();
        long revision = 0;
        for (Change change : changes) {
            apply(change, truth);
            Diff diff = diff(revision++, change, truth);

            assertThat(view.apply(diff)).isTrue();

            assertThat(view.list(InstanceList.Age.CURRENT)).containsExactlyElementsOf(truth.values());
        }
    }

    @Property(tries = 300)
    void aLostDiffIsNoticed(@ForAll("changes") @Size(min = 2, max = 5) List<Change> changes) {
        Map<InstanceKey, Instance> truth = new TreeMap<>();
        ServiceView view = new ServiceView(View.ALL);
        assertThat(view.apply(snapshot(1, 0, truth))).isTrue();
        Diff last = Diff.getDefaultInstance();
        for (int revision = 0; revision < changes.size(); revision++) {
            apply(changes.get(revision), truth);
            last = diff(revision, changes.get(revision), truth);
        }

        assertThat(view.apply(last)).isFalse();

        assertThat(view.list(InstanceList.Age.CURRENT)).isEmpty();
    }

    /** Whatever happens while a new server settles, nobody is missing who was there and has not taken its leave. */
    @Property(tries = 300)
    void whileAServerSettlesNobodyIsMissing(
            @ForAll("instances") List<Instance> before, @ForAll("instances") List<Instance> returned) {
        Map<InstanceKey, Instance> old = byKey(before);
        Map<InstanceKey, Instance> truth = new TreeMap<>();
        ServiceView view = new ServiceView(View.ALL);
        assertThat(view.apply(snapshot(1, 9, old))).isTrue();
        assertThat(view.apply(settling(snapshot(2, 0, truth)))).isTrue();
        long revision = 0;
        for (Instance instance : returned) {
            Change change = new Change(List.of(instance), List.of());
            apply(change, truth);
            assertThat(view.apply(diff(2, revision++, change, truth))).isTrue();

            Map<InstanceKey, Instance> expected = new TreeMap<>(old);
            expected.putAll(truth);
            assertThat(view.list(InstanceList.Age.CURRENT)).containsExactlyElementsOf(expected.values());
        }
        assertThat(view.apply(snapshot(2, revision, truth))).isTrue();
        InstanceList settled = view.list(InstanceList.Age.CURRENT);
        assertThat(settled).containsExactlyElementsOf(truth.values());
        assertThat(settled.isStale()).isFalse();
    }

    @Provide
    static Arbitrary<List<Change>> changes() {
        return Combinators.combine(instances(), instances().map(ServiceViewPropertyTest::keys))
                .as(Change::new)
                .list();
    }

    /** Few addresses, so that they meet; any text. */
    @Provide
    static Arbitrary<List<Instance>> instances() {
        Arbitrary<Map<String, String>> metadata =
                Arbitraries.maps(text(), text()).ofMaxSize(2);
        return Combinators.combine(
                        Arbitraries.of("10.0.0.1", "10.0.0.2", "::1"),
                        Arbitraries.of(1, 2),
                        Arbitraries.of("DEFAULT", "north"),
                        Arbitraries.of(0.0, 0.5, 1.0, 10_000.0),
                        Arbitraries.of(true, false),
                        metadata)
                .as((ip, port, cluster, weight, healthy, texts) -> Instance.builder(ip, port)
                        .cluster(cluster)
                        .weight(weight)
                        .healthy(healthy)
                        .metadata(texts)
                        .build())
                .list()
                .ofMaxSize(6);
    }

    /** Any Unicode, but no half of a pair: those cannot be sent as UTF-8. */
    private static Arbitrary<String> text() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(3)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    private static List<InstanceKey> keys(List<Instance> instances) {
        return instances.stream().map(Instance::key).distinct().toList();
    }

    private static Map<InstanceKey, Instance> byKey(List<Instance> instances) {
        Map<InstanceKey, Instance> map = new TreeMap<>();
        instances.forEach(instance -> map.put(instance.key(), instance));
        return map;
    }

    private static void apply(Change change, Map<InstanceKey, Instance> truth) {
        change.taken().forEach(truth::remove);
        truth.putAll(byKey(change.put()));
    }

    private static Snapshot settling(Snapshot snapshot) {
        return snapshot.toBuilder().setSettling(true).build();
    }

    private static Snapshot snapshot(long epoch, long revision, Map<InstanceKey, Instance> truth) {
        Snapshot.Builder snapshot =
                Snapshot.newBuilder().setEpoch(epoch).setRevision(revision).setDigest(digest(truth));
        truth.values().forEach(instance -> snapshot.addInstances(Wire.message(instance)));
        return snapshot.build();
    }

    private static Diff diff(long from, Change change, Map<InstanceKey, Instance> after) {
        return diff(1, from, change, after);
    }

    private static Diff diff(long epoch, long from, Change change, Map<InstanceKey, Instance> after) {
        Diff.Builder diff = Diff.newBuilder()
                .setEpoch(epoch)
                .setFromRevision(from)
                .setToRevision(from + 1)
                .setDigest(digest(after));
        change.taken().forEach(key -> diff.addRemoved(Wire.message(key)));
        change.put().forEach(instance -> diff.addUpserted(Wire.message(instance)));
        return diff.build();
    }

    private static long digest(Map<InstanceKey, Instance> instances) {
        return instances.values().stream().mapToLong(Digest::of).sum();
    }
}
