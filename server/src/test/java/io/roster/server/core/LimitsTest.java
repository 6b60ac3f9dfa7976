// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final Limits LIMITS = Limits.DEFAULT;

    @Test
    void namespaceAndGroupLeftOutMeanTheDefaultOnes() {
        assertThat(LIMITS.service("", "", "orders")).hasToString("public/DEFAULT_GROUP/orders");
        assertThat(LIMITS.service("dev", "g:1.x-y_z", "订单")).hasToString("dev/g:1.x-y_z/订单");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\tb", "a\nb", "a\u0000b", "a\u2003b", "@a", "a@@b"})
    void aServiceNameWithCharactersThatWouldConfuseIsRefused(String name) {
        refused("name", () -> LIMITS.service("", "", name));
    }

    @Test
    void aServiceNameMayHoldOneAtInside() {
        assertThat(LIMITS.service("", "", "a@b").name()).isEqualTo("a@b");
    }

    @ParameterizedTest
    @CsvSource({"a b", "a/b", "é", "a.b"})
    void aNamespaceIsOfPlainCharacters(String namespace) {
        refused("namespace", () -> LIMITS.service(namespace, "", "orders"));
    }

    @ParameterizedTest
    @CsvSource({"a b", "a/b", "é", "a@@b"})
    void aGroupIsOfPlainCharacters(String group) {
        refused("group", () -> LIMITS.service("", group, "orders"));
    }

    @Test
    void namesMayBeAsLongAsTheirLimitAndNoLonger() {
        assertThat(LIMITS.service("n".repeat(64), "g".repeat(128), "s".repeat(512)))
                .isNotNull();
        refused("namespace", () -> LIMITS.service("n".repeat(65), "", "s"));
        refused("group", () -> LIMITS.service("", "g".repeat(129), "s"));
        refused("name", () -> LIMITS.service("", "", "s".repeat(513)));
        assertThat(LIMITS.cluster("c".repeat(64))).hasSize(64);
        refused("cluster", () -> LIMITS.cluster("c".repeat(65)));
        refused("cluster", () -> LIMITS.key("10.0.0.1", 80, "a.b"));
        refused("ip", () -> LIMITS.key("1".repeat(129), 80, ""));
    }

    @Test
    void whatIsRequiredMustBeThere() {
        refused("name", () -> LIMITS.service("", "", ""));
        refused("ip", () -> LIMITS.key("", 80, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::1", "fe80::1%eth0", "db-1.example.org"})
    void anAddressMayBeOfEitherFamilyOrAHostName(String ip) {
        assertThat(LIMITS.key(ip, 80, "")).isEqualTo(new InstanceKey(ip, 80, "DEFAULT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1 ", "a\rb", "a\u007fb"})
    void anAddressHasNoBlanks(String ip) {
        refused("ip", () -> LIMITS.key(ip, 80, ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, 70_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPortIsOf16Bits(int port) {
        refused("port", () -> LIMITS.key("10.0.0.1", port, ""));
        assertThat(LIMITS.key("10.0.0.1", 0, "").port()).isZero();
        assertThat(LIMITS.key("10.0.0.1", 65_535, "").port()).isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                -1,
                -Double.MIN_VALUE,
                10_000.1,
                Double.MAX_VALUE,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY
            })
    void aWeightIsANumberFrom0To10000(double weight) {
        refused("weight", () -> LIMITS.weight(weight));
        assertThat(LIMITS.weight(0)).isZero();
        assertThat(LIMITS.weight(10_000)).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY})
    void aThresholdIsAShare(double threshold) {
        refused("protection_threshold", () -> LIMITS.threshold(threshold));
    }

    @Test
    void metadataIsCountedInAllKeysAndValues() {
        InstanceKey key = LIMITS.key("10.0.0.1", 80, "");
        Map<String, String> full = Map.of("a", "x".repeat(511), "b", "y".repeat(511));
        assertThat(LIMITS.instance(key, 1, true, true, full).metadata()).isEqualTo(full);
        Map<String, String> more = Map.of("a", "x".repeat(511), "b", "y".repeat(512));
        refused("metadata", () -> LIMITS.instance(key, 1, true, true, more));
    }

    @Test
    void aRefusalNamesTheValueAndWhatWasExpected() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> LIMITS.key("10.0.0.1", 70_000, ""))
                .withMessage("port: 70000 (expected: 0 to 65535)");
    }

    @Test
    void aLongOrMischievousValueIsCutAndCleanedBeforeItIsSaidBack() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> LIMITS.service("", "", "a\nb" + "x".repeat(10_000)))
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .contains("\"a?b")
                        .contains("…\"")
                        .hasSizeLessThan(200));
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class).isThrownBy(call).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(RegistryException.Code.INVALID_ARGUMENT);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }
}
