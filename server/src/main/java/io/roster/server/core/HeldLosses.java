// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * What the guard holds of one service.
 *
 * @param expected how many instances are expected, of which most were here a moment ago
 * @param present how many are there and heard
 * @param held how many are listed though their publishers are lost
 * @param isKept whether an operator has decided to keep them
 */
public record HeldLosses(ServiceName service, int expected, int present, int held, boolean isKept) {}
