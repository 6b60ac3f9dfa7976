// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * How much a service may lose at once before the guard believes that it is not the instances that are gone. Only what is
 * lost without a word counts: claims whose publisher died, expired or fell silent.
 *
 * @param share of the instances expected, how many may be lost; 1 switches the guard off
 * @param minInstances a service of which fewer are expected is not guarded
 * @param windowMs after this long nobody expects any more what is lost, and nothing is held any longer
 */
public record LossLimits(double share, int minInstances, long windowMs) {

    public static final LossLimits DEFAULT = new LossLimits(0.5, 10, 60_000);

    boolean isOff() {
        return share >= 1;
    }
}
