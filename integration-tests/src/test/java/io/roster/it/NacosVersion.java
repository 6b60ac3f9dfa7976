// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it;

/**
 * The Nacos clients that must work unchanged, each with the scenarios of what it can do: what came with later ones is asked
 * of those only.
 */
enum NacosVersion {
    /** Speaks HTTP, or HTTPS; has one address per registration and no batches. */
    V1_4_8("1.4.8", "over-http"),

    /** Cannot be had over TLS: gRPC is always in the clear before 2.2.1. */
    V2_1_2("2.1.2", "publishing batches reading hearing many"),

    V2_5_1("2.5.1", "publishing batches batch-parts reading hearing selectors many"),

    V3_0_3("3.0.3", "publishing batches batch-parts reading hearing selectors fuzzy many"),

    V3_2_1("3.2.1-2026.03.30", "publishing batches batch-parts reading hearing selectors fuzzy many");

    private final String number;
    /** Apart by spaces. */
    private final String scenarios;

    NacosVersion(String number, String scenarios) {
        this.number = number;
        this.scenarios = scenarios;
    }

    /** Where its jars are, of those that the build has fetched. */
    String jars() {
        return "nacos-clients/" + number;
    }

    String[] scenarios() {
        return scenarios.split(" ", -1);
    }

    boolean speaksTls() {
        return this != V2_1_2;
    }

    @Override
    public String toString() {
        return number;
    }
}
