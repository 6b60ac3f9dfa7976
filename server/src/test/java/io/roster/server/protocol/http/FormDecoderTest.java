// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormDecoderTest {

    @Test
    void queryAndFormAreReadAlike() {
        Parameters parameters =
                FormDecoder.decode("a=1&b=x%20y+z&c", "d=%E4%BD%A0&a=1".getBytes(StandardCharsets.UTF_8));

        assertThat(parameters.find("a")).isEqualTo("1");
        assertThat(parameters.find("b")).isEqualTo("x y z");
        assertThat(parameters.find("c")).as("said without a value").isNull();
        assertThat(parameters.find("d")).isEqualTo("你");
    }

    @Test
    void encodingNamesTheCharsetOfAllValues() {
        String chinese = URLEncoder.encode("region=华东", Charset.forName("GBK"));

        assertThat(FormDecoder.decode("metadata=" + chinese + "&encoding=GBK", null)
                        .find("metadata"))
                .isEqualTo("region=华东");
    }

    @Test
    void bytesThatAreNoTextAreRefusedNotReplaced() {
        assertThatThrownBy(() -> FormDecoder.decode("ip=%C3%28", null))
                .isInstanceOf(Refusal.class)
                .hasMessage("Param 'ip' is illegal, it is not encoded in UTF-8.");
        assertThatThrownBy(() -> FormDecoder.decode("ip=%FF&encoding=GBK", null))
                .hasMessage("Param 'ip' is illegal, it is not encoded in GBK.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=1"})
    void aPercentWithoutTwoDigitsIsRefused(String query) {
        assertThatThrownBy(() -> FormDecoder.decode(query, null)).hasMessageContaining("hex digits");
    }

    @Test
    void aParameterGivenTwiceMustSayTheSame() {
        assertThat(FormDecoder.decode("ip=1.1.1.1&ip=1.1.1.1", null).find("ip")).isEqualTo("1.1.1.1");
        assertThatThrownBy(() -> FormDecoder.decode("ip=1.1.1.1&ip=2.2.2.2", null))
                .hasMessage("Param 'ip' is illegal, it is given twice with different values.");
    }

    @Test
    void anUnknownCharsetIsRefused() {
        assertThatThrownBy(() -> FormDecoder.decode("encoding=klingon", null)).hasMessageContaining("'encoding'");
    }

    @Test
    void moreParametersThanAnyApiHasAreRefused() {
        String query = IntStream.range(0, 65).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));

        assertThatThrownBy(() -> FormDecoder.decode(query, null)).hasMessageContaining("at most 64");
    }
}
