// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.history;

/**
 * A promise that a history shows broken.
 *
 * @param promise which one
 * @param what the evidence, in words and with times since the beginning
 */
public record Violation(Promise promise, String what) {}
