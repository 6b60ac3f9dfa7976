// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roster.server.core.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, who is not, and what those are told. */
class AdmissionTest {

    private static final Peer ANN = new Peer("10.0.0.1", "10.0.0.1:40000");
    private static final Peer BOB = new Peer("10.0.0.2", "10.0.0.2:40000");

    private long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    @Test
    void soManyOfAnAddressAndSoManyInAll() {
        Admission admission = admission(2, 3, 1_000);
        admission.enter(ANN);
        admission.enter(ANN);
        assertThat(refusal(admission, ANN)).hasMessageStartingWith("streams-per-address: 2 reached");
        admission.enter(BOB);
        RegistryException tooMany = refusal(admission, BOB);
        assertThat(tooMany).hasMessageStartingWith("max-streams: 3 reached");
        assertThat(tooMany.code()).isEqualTo(RegistryException.Code.RESOURCE_EXHAUSTED);
        assertThat(tooMany.retryAfterMs()).isPositive();
        assertThat(admission.count()).isEqualTo(3);
        assertThat(admission.refusedCount()).isEqualTo(2);
        admission.leave(ANN);
        admission.enter(BOB);
        admission.leave(ANN);
        admission.leave(BOB);
        admission.leave(BOB);
        assertThat(admission.count()).isZero();
        admission.enter(ANN);
        admission.enter(ANN);
    }

    /** Also over the moment at which the clock overflows. */
    @Test
    void fiveTimesAsManyAtOnceAndThenSoManyASecond() {
        Admission admission = admission(1_000_000, 1_000_000, 100);
        assertThat(entering(admission, 1_000)).isEqualTo(500);
        nowNanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(entering(admission, 1_000)).isEqualTo(100);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(100);
        assertThat(entering(admission, 1_000)).isEqualTo(10);
        nowNanos += TimeUnit.SECONDS.toNanos(3_600);
        assertThat(entering(admission, 1_000)).isEqualTo(500);
        assertThat(admission.count()).isEqualTo(1_110);
    }

    @Test
    void thoseWhoAreRefusedAreToldToComeOneAfterTheOther() {
        Admission admission = admission(1_000_000, 1_000_000, 100);
        entering(admission, 500);
        List<Long> hints = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RegistryException refusal = refusal(admission, ANN);
            assertThat(refusal).hasMessageStartingWith("max-connects-per-second: 100 reached");
            hints.add(refusal.retryAfterMs());
        }
        assertThat(hints).containsExactly(10L, 20L, 30L, 40L, 50L);
        for (int i = 0; i < 10_000; i++) {
            refusal(admission, ANN);
        }
        assertThat(refusal(admission, ANN).retryAfterMs()).isEqualTo(30_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 2_000, Integer.MAX_VALUE})
    void overALongTimeNoMoreAndNoFewerThanSaid(int perSecond) {
        Admission admission = admission(Integer.MAX_VALUE, Integer.MAX_VALUE, perSecond);
        int tries = 20_000;
        int entered = 0;
        for (int i = 0; i < tries; i++) {
            entered += entering(admission, 1);
            nowNanos += TimeUnit.MILLISECONDS.toNanos(10);
        }
        long most = 5L * perSecond + (long) perSecond * tries / 100;
        assertThat((long) entered).isBetween(Math.min(tries, most) - 2, Math.min(tries, most + 2));
    }

    private Admission admission(int ofAddress, int inAll, int perSecond) {
        return new Admission(ofAddress, inAll, new ConnectRate(perSecond, () -> nowNanos));
    }

    private static RegistryException refusal(Admission admission, Peer peer) {
        return catchThrowableOfType(RegistryException.class, () -> admission.enter(peer));
    }

    private static int entering(Admission admission, int tries) {
        int entered = 0;
        for (int i = 0; i < tries; i++) {
            try {
                admission.enter(ANN);
                entered++;
            } catch (RegistryException refused) {
                assertThat(refused.retryAfterMs()).isPositive();
            }
        }
        return entered;
    }
}
