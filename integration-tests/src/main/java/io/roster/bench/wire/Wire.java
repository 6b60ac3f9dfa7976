// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wire as the harness speaks it: how to connect, and the bytes of each request. Stateless; thread: any. */
public interface Wire {

    /** What the command line calls it. */
    String name();

    /** Where a server speaks gRPC: so far above its main port. */
    int GRPC_OFFSET = 1_000;

    /** Requests under way at once are told apart by a slot from 1 to this: it fits one byte of a varint. */
    int MAX_SLOTS = 127;

    /** How far above a server's main port it speaks this wire. */
    int portOffset();

    /** How many requests one client can have under way. */
    int depth();

    /** Whether an answer says in its bytes which request it is for. */
    boolean hasSlots();

    /** Whether the server speaks unasked. */
    boolean hasPushes();

    /** Whether it tells changes rather than lists. */
    boolean hasDiffs();

    /** Opens a link; what is sent before it is connected waits. */
    Link connect(Dialer dialer, LinkListener listener);

    /** Tells kinds of requests apart, for a server that only pretends; not 0. */
    int kindOf(byte[] request);

    /** Opens the conversation: must be the first request. */
    byte[] hello(Lifetime lifetime);

    /** Publishes one instance. */
    byte[] register(String service, Address instance, String version);

    /** Publishes many instances of one service, in one step if the wire can. */
    List<byte[]> registerAll(String service, List<Address> instances, String version);

    /** Takes back one instance. */
    byte[] deregister(String service, Address instance);

    /** Keeps an instance alive, or everything that the link published if that is how the wire does it. */
    byte[] heartbeat(String service, Address instance);

    /** Asks for a list and all its changes. */
    byte[] subscribe(String service);

    /** Asks for the changes after a list that the client has; a wire that cannot asks for the list. */
    byte[] resume(String service, long epoch, long revision);

    /** Asks for a list once. */
    byte[] query(String service);

    /** Whether a reply says that the request was done. */
    boolean isDone(byte[] reply);

    /** What a reply says, for people. */
    String describe(byte[] reply);

    /** The revision that a reply speaks of; 0 where the wire has none. */
    long revision(byte[] reply);

    /** The list or change in a push or in the reply to a query; null if there is none in it. */
    @Nullable
    Telling read(byte[] message);
}
