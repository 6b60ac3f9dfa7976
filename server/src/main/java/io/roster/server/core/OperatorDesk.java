// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the services of one shard, and what they may do to them. Confined to the shard's loop. */
final class OperatorDesk {

    private static final Logger log = LoggerFactory.getLogger(OperatorDesk.class);

    private final int maxOverrides;
    private int overrides;

    OperatorDesk(int maxOverrides) {
        this.maxOverrides = maxOverrides;
    }

    /**
     * Overrides what applications say of an instance.
     *
     * @throws RegistryException RESOURCE_EXHAUSTED if there are too many overrides
     */
    void override(ServiceState state, InstanceKey key, InstanceOverride amendment) {
        InstanceOverride former = state.override(key);
        if (former == null && overrides >= maxOverrides) {
            throw RegistryException.exhausted("max-overrides", maxOverrides, "remove some");
        }
        overrides += former == null ? 1 : 0;
        state.override(key, former == null ? amendment : former.amendedBy(amendment));
        log.info("operator overrides {} of {}: {}", key, state.name(), state.override(key));
    }

    /**
     * Undoes an override.
     *
     * @throws RegistryException NOT_FOUND if there is none
     */
    void removeOverride(@Nullable ServiceState state, ServiceName name, InstanceKey key) {
        if (state == null || state.override(key) == null) {
            throw RegistryException.of(RegistryException.Code.NOT_FOUND, "no override of " + key + " in " + name);
        }
        overrides--;
        state.override(key, null);
        log.info("operator removes the override of {} in {}", key, name);
    }

    /** Sets what concerns a whole service. */
    static void configure(ServiceState state, ServiceSettings settings) {
        state.settings(settings);
        log.info("operator configures {}: {}", state.name(), settings);
    }

    /**
     * Takes back all that operators said of a service.
     *
     * @throws RegistryException NOT_FOUND if it does not exist, FAILED_PRECONDITION if somebody publishes it
     */
    void dismiss(@Nullable ServiceState state, ServiceName name) {
        if (state == null || !state.exists()) {
            throw RegistryException.of(RegistryException.Code.NOT_FOUND, "service " + name + " does not exist");
        }
        if (state.isPublished()) {
            throw RegistryException.of(
                    RegistryException.Code.FAILED_PRECONDITION, "service " + name + " still has instances");
        }
        for (InstanceKey key : List.copyOf(state.overrides().keySet())) {
            removeOverride(state, name, key);
        }
        configure(state, ServiceSettings.DEFAULT);
    }

    /** Every claim of a service. */
    static List<ClaimView> claims(ServiceState state, long nowMs) {
        List<ClaimView> views = new ArrayList<>();
        for (Registration claim : state.claims()) {
            Lease lease = claim.lease();
            views.add(new ClaimView(
                    claim,
                    state.isNewest(claim),
                    claim.isSilent(),
                    claim.isHeld(),
                    lease == null ? null : nowMs - lease.lastBeatMs(),
                    state.override(claim.instance().key())));
        }
        return views;
    }

    /** The overrides of all services. */
    static List<OverrideView> overrides(Collection<ServiceState> states) {
        List<OverrideView> views = new ArrayList<>();
        for (ServiceState state : states) {
            state.overrides().forEach((key, override) -> views.add(new OverrideView(state.name(), key, override)));
        }
        return views;
    }
}
