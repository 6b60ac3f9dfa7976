// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.List;
import java.util.Map;

/**
 * One service as it was at one moment, for whoever writes it down. Of the claims only what is immutable may be read on
 * another thread.
 *
 * @param claims of each key the oldest first
 */
public record ServiceRecord(
        ServiceName name,
        ServiceSettings settings,
        Map<InstanceKey, InstanceOverride> overrides,
        List<Registration> claims) {}
