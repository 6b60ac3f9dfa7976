// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.client;

import io.roster.server.loop.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A client that lives as long as the stream that holds it and then, if it was granted a grace and publishes something, for
 * that time still: it is suspended until another stream takes it over or the time is up.
 *
 * <pre>
 *            stream broke, grace left
 *   held -----------------------------> suspended
 *    |  &lt;----------------------------------  |
 *    |        taken over by its session      |
 *    '--goodbye, or no grace--> closed &lt;-----' time is up
 * </pre>
 *
 * <p>Thread: any. Who holds it is guarded by this object's monitor, so that of a stream that ends, a stream that takes over
 * and a time that is up, one comes first and the others see what it did.
 */
public final class ConnectionBasedClient extends Client {

    private final @Nullable SessionHash session;
    private @Nullable Holder holder;
    private @Nullable Suspension suspension;
    private long graceMs;

    /** Whether it is from an earlier life of the server and has not been heard in this one. */
    private boolean awaited;

    /** A client that ends with its stream and cannot be taken over. */
    public ConnectionBasedClient(String id, ClientInfo info, long nowMs) {
        this(id, info, nowMs, null, null, 0);
    }

    /**
     * @param session who knows its id may take the client over; null if nobody may
     * @param holder the stream that it is on
     * @param graceMs how long it may be without a stream
     */
    public ConnectionBasedClient(
            String id,
            ClientInfo info,
            long nowMs,
            @Nullable SessionHash session,
            @Nullable Holder holder,
            long graceMs) {
        super(id, info, nowMs);
        this.session = session;
        this.holder = holder;
        this.graceMs = graceMs;
    }

    /**
     * A client of an earlier life of the server, which nobody holds.
     *
     * @param session who knows its id may take the client over; null if nobody may
     * @param graceMs what it was granted
     */
    public static ConnectionBasedClient awaited(
            String id, ClientInfo info, long nowMs, @Nullable SessionHash session, long graceMs) {
        ConnectionBasedClient client = new ConnectionBasedClient(id, info, nowMs, session, null, graceMs);
        client.awaited = true;
        return client;
    }

    /** By what the client may be taken over, or null. */
    public @Nullable SessionHash session() {
        return session;
    }

    /** How long it may be without a stream. */
    public synchronized long graceMs() {
        return graceMs;
    }

    /** Whether it is from an earlier life of the server and has not been heard in this one. */
    public synchronized boolean isOnProbation() {
        return awaited;
    }

    /** When its stream broke, on the server's monotonic clock, or null while it has one. */
    public synchronized @Nullable Long suspendedSinceMs() {
        return suspension == null ? null : (Long) suspension.sinceMs();
    }

    /**
     * Has another stream hold the client.
     *
     * @return false if the client has ended
     */
    boolean takeOver(Holder newcomer, ClientInfo newInfo, long newGraceMs, Runnable then) {
        Holder former;
        synchronized (this) {
            if (isClosed()) {
                return false;
            }
            former = holder;
            holder = newcomer;
            graceMs = newGraceMs;
            awaited = false;
            info(newInfo);
            endSuspension();
        }
        if (former == null) {
            then.run();
        } else {
            former.giveWay(then);
        }
        return true;
    }

    /**
     * Notes that a stream has broken.
     *
     * @param leastMs the time that its client has even if it asked for less
     * @return the time that begins now; of 0 ms if the client has ended instead; null if the stream does not hold it
     */
    synchronized @Nullable Suspension suspend(@Nullable Holder leaver, long nowMs, long leastMs) {
        if (isClosed() || holder != leaver || suspension != null) {
            return null;
        }
        holder = null;
        Suspension begun = new Suspension(nowMs, publishedCount() == 0 ? 0 : Math.max(graceMs, leastMs));
        if (begun.graceMs() == 0) {
            close();
        } else {
            suspension = begun;
        }
        return begun;
    }

    /** Says what will end a suspension in time. */
    synchronized void endsBy(Suspension begun, EventLoop.Timer timer) {
        begun.endedBy(timer);
    }

    /**
     * Ends the client if it is still without a stream.
     *
     * @return whether this call ended it
     */
    synchronized boolean closeIfStill(Suspension begun) {
        return suspension == begun && close();
    }

    /**
     * Ends the client if a stream holds it.
     *
     * @return whether this call ended it
     */
    synchronized boolean closeIfHeldBy(Holder leaver) {
        return holder == leaver && close();
    }

    @Override
    synchronized boolean close() {
        endSuspension();
        return super.close();
    }

    private void endSuspension() {
        if (suspension != null) {
            suspension.end();
            suspension = null;
        }
    }
}
