// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.push;

import io.roster.server.core.Listing;
import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import org.jspecify.annotations.Nullable;

/**
 * What one stream was told of one service through one view. However far it falls behind, it costs this and no more.
 * Confined to the push loop.
 */
final class Slot {

    /** Nothing was told yet. */
    static final long NOTHING = -1;

    private final Topic topic;
    private final Outbox outbox;
    private final View view;
    private long told;

    /** Whether the reader keeps, beside what it is told, what it has of an earlier server life. */
    private boolean keeps;

    /** Whether the list last told was a protected one; null if that is not known. */
    private @Nullable Boolean toldProtected;

    /** Whether it was a guarded one; only meant while the other is known. */
    private boolean toldGuarded;

    /** Whether it stands in its outbox's queue. */
    boolean waiting;

    /** Whether it has left its topic; a round of telling that had begun before must pass it over. */
    boolean closed;

    /** Where it stands in its topic, so that leaving costs the same however many listen. */
    int index;

    Slot(Topic topic, Outbox outbox, View view, long told) {
        this.topic = topic;
        this.outbox = outbox;
        this.view = view;
        this.told = told;
    }

    Topic topic() {
        return topic;
    }

    Outbox outbox() {
        return outbox;
    }

    View view() {
        return view;
    }

    long told() {
        return told;
    }

    /** Has the next message be the full list, whatever was told. */
    void forget() {
        told = NOTHING;
    }

    /** Has the reader keep what it has of an earlier life beside the lists it is told. */
    void keep() {
        told = NOTHING;
        keeps = true;
    }

    boolean keeps() {
        return keeps;
    }

    /** Has the next message say that what it lists is all there is. */
    void settle() {
        keeps = false;
        forget();
    }

    /** The message that brings the reader up to date, or null if there is nothing to say; counts as told. */
    @Nullable
    Object next(Encoder encoder) {
        ServiceSnapshot now = topic.latest();
        if (told == now.revision()) {
            return null;
        }
        Listing listing = now.through(view);
        boolean sameProtection = toldProtected != null && toldProtected == listing.isProtected();
        ServiceChange change =
                told == NOTHING || (view.healthyOnly() && !sameProtection) ? null : now.since(told, view);
        told = now.revision();
        boolean sameFlags = sameProtection && toldGuarded == now.isGuarded();
        toldProtected = listing.isProtected();
        toldGuarded = now.isGuarded();
        if (change == null) {
            return full(now, encoder);
        }
        if (change.isEmpty() && sameFlags && !view.isAll()) {
            return null;
        }
        Object diff = change.memo().get(encoder, () -> new Diff(encoder.diff(change))).message;
        return diff == null ? full(now, encoder) : diff;
    }

    private Object full(ServiceSnapshot now, Encoder encoder) {
        if (keeps) {
            return now.memo().get(new UnsettledKey(encoder, view), () -> encoder.unsettled(now, view));
        }
        Object key = view.isAll() ? encoder : new FullKey(encoder, view);
        return now.memo().get(key, () -> encoder.full(now, view));
    }

    /** A key for the memo of a snapshot. */
    private record FullKey(Encoder encoder, View view) {}

    /** The same for the list that settles nothing. */
    private record UnsettledKey(Encoder encoder, View view) {}

    /** What the memo keeps: that a wire has no diffs is worth remembering too. */
    private record Diff(@Nullable Object message) {}
}
