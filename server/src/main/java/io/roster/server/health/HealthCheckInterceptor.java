// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

/** Something that can hold a round of health checks back. Pure. */
@FunctionalInterface
public interface HealthCheckInterceptor {

    /** Whether a task may run. */
    Verdict judge(HealthCheckTask task);
}
