// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

/** Changes how much a logger says. Thread: any. */
@FunctionalInterface
public interface LogLevels {

    /**
     * Sets a level.
     *
     * @return the level before
     * @throws io.roster.server.core.RegistryException INVALID_ARGUMENT if there is no such level
     */
    String set(String logger, String level);
}
