// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServiceViewTest {
    private static final Instance A = Instance.of("10.0.0.1", 80);
    private static final Instance B = Instance.of("10.0.0.2", 80);

    private final ServiceView view = new ServiceView(View.ALL);

    @Test
    void aSnapshotWithAnotherDigestThanItSaysChangesNothing() {
        assertThat(view.apply(snapshot(1, 1, A).build())).isTrue();

        assertThat(view.apply(snapshot(1, 2, A, B).setDigest(42).build())).isFalse();

        assertThat(view.list(InstanceList.Age.CURRENT)).containsExactly(A);
    }

    @Test
    void aDiffBeforeAnySnapshotDoesNotFit() {
        assertThat(view.apply(adding(B, 0, A, B))).isFalse();
        assertThat(view.have()).isNull();
    }

    @Test
    void aDiffOfAnotherLifeDoesNotFit() {
        assertThat(view.apply(snapshot(2, 3, A).build())).isTrue();

        assertThat(view.apply(adding(B, 3, A, B))).isFalse();
    }

    @Test
    void throughAViewRevisionsMayBeSkippedButNotGoBack() {
        ServiceView healthy = new ServiceView(View.healthy());
        assertThat(healthy.apply(snapshot(1, 3, A).build())).isTrue();

        assertThat(healthy.apply(adding(B, 2, A, B))).isFalse();
        assertThat(healthy.apply(adding(B, 5, A, B))).isTrue();

        assertThat(healthy.list(InstanceList.Age.CURRENT)).containsExactly(A, B);
    }

    @Test
    void whatOneSettlingServerLeftOutTheNextSettlingServerMayLeaveOutToo() {
        assertThat(view.apply(snapshot(1, 9, A, B).build())).isTrue();
        assertThat(view.apply(snapshot(2, 1, A).setSettling(true).build())).isTrue();
        assertThat(view.apply(snapshot(3, 0).setSettling(true).build())).isTrue();

        assertThat(view.list(InstanceList.Age.CURRENT)).containsExactly(A, B);
        assertThat(view.list(InstanceList.Age.CURRENT).isStale()).isTrue();
    }

    @Test
    void whatASettlingServerKnowsReplacesWhatWasKept() {
        Instance heavyA = Instance.builder("10.0.0.1", 80).weight(9).build();
        assertThat(view.apply(snapshot(1, 9, A).build())).isTrue();

        assertThat(view.apply(snapshot(2, 1, heavyA).setSettling(true).build())).isTrue();

        assertThat(view.list(InstanceList.Age.CURRENT)).containsExactly(heavyA);
        assertThat(view.list(InstanceList.Age.CURRENT).isStale()).isFalse();
    }

    @Test
    void whoKeepsSomethingSaysSoByTheLifeThatItIsFrom() {
        view.apply(snapshot(1, 9, A, B).build());
        view.apply(snapshot(2, 3, A).setSettling(true).build());
        assertThat(view.have()).isEqualTo(Have.newBuilder().setEpoch(1).build());

        view.apply(snapshot(2, 3, A).build());
        assertThat(view.have())
                .isEqualTo(Have.newBuilder().setEpoch(2).setRevision(3).build());
    }

    @Test
    void aGuardedListSaysSoUntilItIsNoLonger() {
        assertThat(view.apply(snapshot(1, 1, A).setGuarded(true).build())).isTrue();
        InstanceList guarded = view.list(InstanceList.Age.CURRENT);
        assertThat(guarded.isGuarded()).isTrue();

        assertThat(view.apply(adding(B, 1, A, B))).isTrue();
        assertThat(view.list(InstanceList.Age.CURRENT).isGuarded()).isFalse();

        assertThat(view.apply(snapshot(1, 3, A).build())).isTrue();
        InstanceList again = view.list(InstanceList.Age.CURRENT);
        assertThat(again).isEqualTo(guarded);
        assertThat(again.tellsTheSameAs(guarded)).isFalse();
    }

    @Test
    void aProtectedListSaysSo() {
        assertThat(view.apply(snapshot(1, 1, A).setProtected(true).build())).isTrue();

        assertThat(view.list(InstanceList.Age.CURRENT).isProtected()).isTrue();
    }

    private static Snapshot.Builder snapshot(long epoch, long revision, Instance... instances) {
        return Snapshot.newBuilder()
                .setEpoch(epoch)
                .setRevision(revision)
                .addAllInstances(List.of(instances).stream().map(Wire::message).toList())
                .setDigest(digest(instances));
    }

    private static Diff adding(Instance instance, long from, Instance... after) {
        return Diff.newBuilder()
                .setEpoch(1)
                .setFromRevision(from)
                .setToRevision(from + 1)
                .addUpserted(Wire.message(instance))
                .setDigest(digest(after))
                .build();
    }

    private static long digest(Instance... instances) {
        return List.of(instances).stream().mapToLong(Digest::of).sum();
    }
}
