// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.health;

import java.util.function.BooleanSupplier;

/** Holds every round back while health checks are switched off for the whole server. */
public final class HealthCheckEnableInterceptor implements HealthCheckInterceptor {

    private final BooleanSupplier enabled;

    public HealthCheckEnableInterceptor(BooleanSupplier enabled) {
        this.enabled = enabled;
    }

    @Override
    public Verdict judge(HealthCheckTask task) {
        return enabled.getAsBoolean() ? Verdict.RUN : Verdict.skip("health checks are switched off");
    }
}
