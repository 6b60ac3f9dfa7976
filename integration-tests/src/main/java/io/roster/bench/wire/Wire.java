// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wire as the harness speaks it: how to connect, and the bytes of each request. Stateless; thread: any. */
public interface Wire {

    /** What the command line calls it. */
    String name();

    /** Opens a link; what is sent before it is connected waits. */
    Link connect(InetSocketAddress server, EventLoop loop, Traffic traffic, LinkListener listener);

    /** Opens the conversation: must be the first request. */
    byte[] hello(Lifetime lifetime);

    /** Publishes one instance. */
    byte[] register(String service, Address instance, String version);

    /** Publishes many instances of one service in one step. */
    byte[] registerAll(String service, List<Address> instances, String version);

    /** Takes back one instance. */
    byte[] deregister(String service, Address instance);

    /** Keeps everything alive that the link published. */
    byte[] heartbeat();

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
