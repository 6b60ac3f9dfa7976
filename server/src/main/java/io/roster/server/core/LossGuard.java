// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import io.roster.server.loop.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds losses that are too many at once to be believed: when a service would lose more than a share of what was there a
 * moment ago, it is more likely that the way to the instances is broken than that they are. What is held stays listed as it
 * was, until its key is claimed anew, it is heard again, so little is expected any more that it may go, or an operator
 * decides. Confined to the shard's loop.
 */
final class LossGuard {

    private static final Logger log = LoggerFactory.getLogger(LossGuard.class);

    /** Services looked after in one go; between two goes the loop does what has arrived. */
    private static final int SLICE = 1_000;

    private final EventLoop loop;
    private final LossLimits limits;
    private final Totals totals;
    private final Consumer<Registration> lose;
    private final Set<ServiceState> losing = new LinkedHashSet<>();

    /**
     * @param lose takes a claim out that is lost for good
     */
    LossGuard(EventLoop loop, LossLimits limits, Totals totals, Consumer<Registration> lose) {
        this.loop = loop;
        this.limits = limits;
        this.totals = totals;
        this.lose = lose;
    }

    /**
     * Asked before a claim is lost.
     *
     * @param fate MARK_UNHEALTHY or REMOVE
     * @return whether it must stay as it is for now; if not, it may go and the caller sees to it
     */
    boolean holds(Registration claim, Fate fate) {
        ServiceState state = claim.state();
        if (!claim.isHeld() && (limits.isOff() || !state.isLastPresent(claim, fate))) {
            return false;
        }
        Losses losses = state.losses();
        if (losses == null) {
            if (state.keyCount() < limits.minInstances()) {
                return false;
            }
            losses = new Losses(totals, limits.windowMs(), state.countPresent());
            state.losses(losses);
            losing.add(state);
        }
        if (mayLose(losses, claim)) {
            return false;
        }
        if (!claim.isHeld()) {
            announce(state, losses);
            state.hold(claim, losses);
        }
        return true;
    }

    private boolean mayLose(Losses losses, Registration claim) {
        if (losses.isLettingGo()) {
            return true;
        }
        if (losses.isKept() && claim.isHeld()) {
            return false;
        }
        return losses.expected() < limits.minInstances()
                || losses.shown() - 1 >= (1 - limits.share()) * losses.expected();
    }

    private void announce(ServiceState state, Losses losses) {
        if (!losses.announced) {
            losses.announced = true;
            losses.letGo = 0;
            totals.massLoss();
            log.warn(
                    "mass loss in {}: of {} instances {} are left and more are being lost; these stay listed until they"
                            + " return, an operator decides, or little by little within {} ms",
                    state.name(),
                    Math.round(losses.expected()),
                    losses.present(),
                    limits.windowMs());
        }
    }

    /** Nobody could be heard until now: who is held for silence is not lost yet. */
    void forgive() {
        for (ServiceState state : losing) {
            for (Registration claim : held(state)) {
                if (claim.lease() != null) {
                    state.silence(claim, false);
                }
            }
        }
    }

    /** Time has passed: less is expected, so some of what is held may go. */
    void pass(long elapsedMs) {
        slice(new ArrayList<>(losing), 0, elapsedMs);
    }

    private void slice(List<ServiceState> states, int from, long elapsedMs) {
        int to = Math.min(states.size(), from + SLICE);
        states.subList(from, to).forEach(state -> pass(state, elapsedMs));
        if (to < states.size()) {
            loop.execute(() -> slice(states, to, elapsedMs));
        }
    }

    private void pass(ServiceState state, long elapsedMs) {
        Losses losses = state.losses();
        if (losses == null) {
            return;
        }
        assert losses.present() == state.countPresent() : state.name();
        losses.pass(elapsedMs);
        letGo(state, losses);
        if (losses.announced && !losses.isHolding()) {
            losses.announced = false;
            log.warn(
                    "mass loss in {} is over: {} instances are there, {} that were held have gone for good",
                    state.name(),
                    losses.present(),
                    losses.letGo);
        }
        if (losses.isOver()) {
            forget(state);
        }
    }

    private void letGo(ServiceState state, Losses losses) {
        for (Registration claim : losses.held()) {
            if (!mayLose(losses, claim)) {
                return;
            }
            // What can still be heard again is for the sweep to judge.
            if (claim.lease() == null) {
                losses.letGo++;
                lose.accept(claim);
            } else if (losses.isLettingGo()) {
                state.silence(claim, true);
            }
        }
    }

    /** A service is dropped, or has nothing left to remember. */
    void forget(ServiceState state) {
        losing.remove(state);
        state.losses(null);
    }

    /**
     * Does what an operator has decided.
     *
     * @throws RegistryException NOT_FOUND if nothing is held
     */
    void resolve(@Nullable ServiceState state, ServiceName name, LossDecision decision) {
        Losses losses = state == null ? null : state.losses();
        if (state == null || losses == null || !losses.isHolding()) {
            throw RegistryException.of(RegistryException.Code.NOT_FOUND, "no losses of " + name + " are held");
        }
        log.info("operator decides on {} held losses of {}: {}", losses.heldCount(), name, decision);
        losses.decide(decision);
        letGo(state, losses);
    }

    /** What is held, by service. */
    List<HeldLosses> views() {
        List<HeldLosses> views = new ArrayList<>();
        for (ServiceState state : losing) {
            Losses losses = state.losses();
            if (losses != null && losses.isHolding()) {
                views.add(new HeldLosses(
                        state.name(),
                        (int) Math.ceil(losses.expected()),
                        losses.present(),
                        losses.heldCount(),
                        losses.isKept()));
            }
        }
        return views;
    }

    private static List<Registration> held(ServiceState state) {
        Losses losses = state.losses();
        return losses == null ? List.of() : losses.held();
    }
}
