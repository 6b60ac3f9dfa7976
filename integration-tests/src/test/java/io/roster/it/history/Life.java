// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/**
 * One life of the server.
 *
 * @param epoch its name in lists
 * @param span from its launch to the launch of the next
 * @param isWarm whether it began with what the one before had written down
 * @param downNs when it was killed; {@link Span#FOREVER} if it was not
 */
record Life(long epoch, Span span, boolean isWarm, long downNs) {}
