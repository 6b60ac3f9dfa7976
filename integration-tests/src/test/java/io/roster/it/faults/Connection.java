// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Supplier;

/** One connection over a {@link Link}: two sockets and, for each direction, a thread that carries bytes. */
final class Connection {

    private final Link link;
    private final Socket client;
    private final Socket server;
    /** Guarded by this. */
    private boolean isHeld;
    /** Guarded by this. */
    private boolean isAbandoned;
    /** Guarded by this. */
    private boolean hasLost;
    /** Guarded by this. */
    private boolean isEnded;

    Connection(Link link, Socket client, Socket server) throws IOException {
        this.link = link;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        Link.daemon("up " + link.port(), () -> carry(client, server, link::up));
        Link.daemon("down " + link.port(), () -> carry(server, client, link::down));
    }

    private void carry(Socket from, Socket to, Supplier<Link.Flow> flow) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                link.delay();
                if (mayPass(flow)) {
                    output.write(buffer, 0, count);
                    output.flush();
                }
            }
            if (mayPass(flow)) {
                to.shutdownOutput();
            }
        } catch (IOException broken) {
            if (mayPass(flow)) {
                end(isAbandoned() ? Ending.ORDERLY : Ending.RESET);
            }
        }
    }

    /** Waits while bytes are held; false if they are swallowed. */
    private synchronized boolean mayPass(Supplier<Link.Flow> flow) {
        try {
            while (!isEnded && (isHeld || flow.get() == Link.Flow.HOLD)) {
                wait();
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        hasLost |= !isAbandoned && flow.get() == Link.Flow.SWALLOW;
        return !isEnded && !hasLost;
    }

    synchronized void wake() {
        notifyAll();
    }

    synchronized void hold() {
        isHeld = true;
    }

    synchronized void release() {
        isHeld = false;
        notifyAll();
    }

    private synchronized boolean isAbandoned() {
        return isAbandoned;
    }

    synchronized boolean hasLost() {
        return hasLost;
    }

    void abandonClient() {
        synchronized (this) {
            isAbandoned = true;
        }
        reset(client);
    }

    void end(Ending ending) {
        synchronized (this) {
            isEnded = true;
            notifyAll();
        }
        if (ending == Ending.RESET) {
            reset(client);
            reset(server);
        } else {
            finish(client);
            finish(server);
        }
    }

    private static void finish(Socket socket) {
        try {
            socket.shutdownOutput();
            socket.close();
        } catch (IOException gone) {
            reset(socket);
        }
    }

    /** RST, if there is anything left to reset. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // Then there is nothing to say to the peer, and the socket is closed all the same.
        }
        try {
            socket.close();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
