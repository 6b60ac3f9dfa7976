// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import java.util.List;

/**
 * An identity that can publish. It knows what it publishes so that its death can take all of it back.
 *
 * <p>Thread: any. What is published is guarded by this object's monitor, held only for the set operation itself.
 */
public abstract sealed class Client permits ConnectionBasedClient, IpPortBasedClient {

    private final String id;
    private final Publications published = new Publications();
    private boolean closed;
    private volatile ClientInfo info;
    private volatile long lastActiveMs;
    private volatile int subscribed;

    Client(String id, ClientInfo info, long nowMs) {
        this.id = id;
        this.info = info;
        this.lastActiveMs = nowMs;
    }

    /** Unique among the living clients of this server. */
    public final String id() {
        return id;
    }

    public final ClientInfo info() {
        return info;
    }

    /** Notes that the client is known by other words now. */
    final void info(ClientInfo now) {
        info = now;
    }

    /** When the client was last heard, on the server's monotonic clock. */
    public final long lastActiveMs() {
        return lastActiveMs;
    }

    /** Notes that the client was heard. */
    public final void touch(long nowMs) {
        lastActiveMs = nowMs;
    }

    /**
     * Adds a publication.
     *
     * @return false if the client has died; nothing was added
     */
    public final synchronized boolean add(Publication publication) {
        if (closed) {
            return false;
        }
        published.add(publication);
        return true;
    }

    /** Takes a publication out; one that is not there is ignored. */
    public final synchronized void remove(Publication publication) {
        published.remove(publication);
    }

    /** What the client publishes now, as a copy in no order. */
    public final synchronized List<Publication> published() {
        return published.all();
    }

    /** What the client publishes now in one group, as a copy in no order. */
    public final synchronized List<Publication> published(Object group) {
        return published.of(group);
    }

    /** How many things the client publishes now. */
    public final synchronized int publishedCount() {
        return published.count();
    }

    /** How many subscriptions the client holds. */
    public final int subscribedCount() {
        return subscribed;
    }

    /** Notes that the client holds so many subscriptions more or, if negative, fewer. */
    public final synchronized void countSubscribed(int more) {
        subscribed += more;
    }

    /**
     * Ends the client: it can publish nothing more.
     *
     * @return whether this call ended it; of several, one does
     */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Whether the client has ended. */
    final synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the client if it publishes nothing and nobody has heard it for {@code idleMs}. */
    final synchronized boolean closeIfIdle(long nowMs, long idleMs) {
        if (closed || published.count() > 0 || nowMs - lastActiveMs < idleMs) {
            return false;
        }
        closed = true;
        return true;
    }

    @Override
    public final String toString() {
        return id;
    }
}
