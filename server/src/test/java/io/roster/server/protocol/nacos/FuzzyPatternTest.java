// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzyPatternTest {

    @ParameterizedTest
    @CsvSource({
        "public>>DEFAULT_GROUP>>orders, true",
        "public>>*>>*, true",
        "public>>DEFAULT*>>ord*, true",
        "public>>*GROUP>>*ders, true",
        "public>>*FAULT*>>*rde*, true",
        ">>DEFAULT_GROUP>>orders, true",
        "other>>*>>*, false",
        "public>>GROUP>>*, false",
        "public>>*>>order, false",
        "public>>*>>ers*, false",
        "public>>*>>*ord, false",
        "public>>*>>*xyz*, false"
    })
    void eachPartIsExactOrStarred(String pattern, boolean matches) {
        assertThat(FuzzyPattern.of(pattern).matches(new ServiceName("public", "DEFAULT_GROUP", "orders")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "public>>orders", "public>>>>orders", "public>>g>>", "a>>b>>c>>d"})
    void whatIsNoPatternIsRefused(String text) {
        assertThatThrownBy(() -> FuzzyPattern.of(text)).isInstanceOf(RegistryException.class);
    }

    @Test
    void aKeyNamesAService() {
        ServiceName name = new ServiceName("n", "g", "s");
        assertThat(FuzzyPattern.key(name)).isEqualTo("n@@g@@s");
        assertThat(FuzzyPattern.name("n@@g@@s")).isEqualTo(name);
        assertThat(FuzzyPattern.name("s")).isNull();
    }
}
