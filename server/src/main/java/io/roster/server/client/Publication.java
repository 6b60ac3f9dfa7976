// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

/**
 * Something a client holds in the registry and loses when it dies: one claim. The registry makes them; a client only
 * keeps count of them, so that this package need not know what a service is.
 */
public interface Publication {

    /** What it is published in, told apart by {@code equals}: a client finds together what it publishes in one. */
    Object group();
}
