// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.client.Client;
import io.roster.server.client.ConnectionBasedClient;
import io.roster.server.client.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A claim: this client says that this instance serves this service. What it says is immutable; whether it has gone silent
 * or is held in place of being lost, and which older claim of the same key waits behind it, belong to the shard's loop.
 */
public final class Registration implements Publication {

    private final ServiceState state;
    private final Client publisher;
    private final Instance instance;
    private final BeatLimits limits;
    private final @Nullable Lease lease;
    private boolean silent;
    private boolean held;

    @Nullable
    Registration older;

    Registration(ServiceState state, Client publisher, Instance instance, @Nullable Lease lease, BeatLimits limits) {
        this.state = state;
        this.publisher = publisher;
        this.instance = instance;
        this.lease = lease;
        this.limits = limits;
    }

    /** The service's facts, which no other service equals. */
    @Override
    public Object group() {
        return state;
    }

    public ServiceName service() {
        return state.name();
    }

    public Client publisher() {
        return publisher;
    }

    /** The instance as the application registered it, whatever silence and operators have made of it. */
    public Instance instance() {
        return instance;
    }

    public BeatLimits limits() {
        return limits;
    }

    /** What keeps the claim alive, or null if its stream itself does. */
    public @Nullable Lease lease() {
        return lease;
    }

    /** Whether it is from an earlier life of the server, and whoever made it has not been heard in this one. */
    public boolean isOnProbation() {
        return lease != null
                ? lease.isAwaited()
                : publisher instanceof ConnectionBasedClient stream && stream.isOnProbation();
    }

    ServiceState state() {
        return state;
    }

    /** Whether it was judged silent. Shard loop only. */
    boolean isSilent() {
        return silent;
    }

    void silent(boolean nowSilent) {
        silent = nowSilent;
    }

    /** Whether it would be lost but for the guard. Shard loop only. */
    boolean isHeld() {
        return held;
    }

    void held(boolean nowHeld) {
        held = nowHeld;
    }

    /** Whether its publisher is there and heard, as far as is known. Shard loop only. */
    boolean isPresent() {
        return !silent && !held;
    }

    /** The instance as consumers should see it, but for what an operator says. */
    Instance shown() {
        return silent ? instance.withHealthy(false) : instance;
    }
}
