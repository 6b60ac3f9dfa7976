// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The instances of a service as they were told at one moment, sorted by ip, port and cluster. Immutable. Disabled
 * instances are not in it, unhealthy ones are.
 */
public final class InstanceList extends AbstractList<Instance> implements RandomAccess {
    /** Whether a list is what its registry says now. */
    enum Age {
        CURRENT,
        STALE
    }

    /** What the registry says of a list as a whole; see {@link #isProtected} and {@link #isGuarded}. */
    record Flags(boolean isProtected, boolean isGuarded) {
        static final Flags NONE = new Flags(false, false);
    }

    private final List<Instance> instances;
    private final Age age;
    private final Flags flags;

    InstanceList(List<Instance> instances, Age age, Flags flags) {
        this.instances = List.copyOf(instances);
        this.age = age;
        this.flags = flags;
    }

    @Override
    public Instance get(int index) {
        return instances.get(index);
    }

    @Override
    public int size() {
        return instances.size();
    }

    /**
     * Whether this is the last known list rather than what the registry says now: the connection is lost, or the
     * registry has just started and has not heard everybody yet.
     */
    public boolean isStale() {
        return age == Age.STALE;
    }

    /**
     * Whether so few instances are healthy that the registry offers all of them, healthy or not, so that the healthy few
     * are not overrun.
     */
    public boolean isProtected() {
        return flags.isProtected;
    }

    /**
     * Whether so many instances were lost at once that the registry does not believe it, and goes on listing some of them for
     * a while: calls to them may fail.
     */
    public boolean isGuarded() {
        return flags.isGuarded;
    }

    /** Whether a listener that was told the other list need not be told this one. */
    boolean tellsTheSameAs(InstanceList other) {
        return age == other.age && flags.equals(other.flags) && instances.equals(other.instances);
    }

    /** The instances of this health that take requests. */
    List<Instance> select(boolean healthy) {
        return instances.stream()
                .filter(instance -> instance.weight() > 0 && (isProtected() || instance.healthy()) == healthy)
                .toList();
    }
}
