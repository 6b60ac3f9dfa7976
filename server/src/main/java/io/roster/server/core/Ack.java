// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import org.jspecify.annotations.Nullable;

/** Is told once how a command ended. Called on the shard's loop, after every reader can see the effect. */
@FunctionalInterface
public interface Ack {

    /** For those who do not want to know. */
    Ack NONE = (revision, refusal) -> {};

    /**
     * The command has ended.
     *
     * @param revision the service's revision in which the effect is visible
     * @param refusal why nothing was done, or null if it was done
     */
    void done(long revision, @Nullable RegistryException refusal);
}
