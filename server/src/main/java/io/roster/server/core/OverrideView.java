// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

/**
 * One operator's override.
 *
 * @param service the service
 * @param key the instance it speaks of, registered or not
 * @param override what it says
 */
public record OverrideView(ServiceName service, InstanceKey key, InstanceOverride override) {}
