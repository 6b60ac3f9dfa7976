// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/** What an operator makes of the losses that the guard holds. */
public enum LossDecision {
    /** They are real: they go now, and so does what else is lost within the window. */
    REMOVE,
    /** They are not: they stay until their publishers return or the operator decides again. */
    KEEP
}
