// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextRankTest {

    @Test
    void tellsAddressesApart() {
        assertThat(TextRank.of("10.0.123.4")).isGreaterThan(TextRank.of("10.0.12.45"));
        assertThat(TextRank.of("10.0.0.1")).isLessThan(TextRank.of("10.0.0.10"));
        assertThat(TextRank.of("fe80::1")).isGreaterThan(TextRank.of("10.0.0.1"));
        assertThat(TextRank.of("")).isZero();
    }

    @Property
    void neverContradictsTheOrderOfTexts(@ForAll("texts") String a, @ForAll("texts") String b) {
        int ranks = Long.compare(TextRank.of(a), TextRank.of(b));
        if (ranks != 0) {
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(ranks);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("019.:/-_aefgzAZ~\u00e9").ofMaxLength(16);
    }
}
