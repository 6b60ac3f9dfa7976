// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The cable between one client and the server, with everything that can happen to one. What it is told holds for the
 * connections there are and for those to come; {@link #calm} ends it all. Any thread.
 */
public final class Link implements AutoCloseable {

    /** What happens to bytes on their way. */
    public enum Flow {
        PASS,
        /** They wait, and so does the end of the connection. */
        HOLD,
        /** They are gone, and so is the end of the connection: the peers believe in it for ever. */
        SWALLOW
    }

    private static final int MOST_CONNECTIONS = 10_000;

    private final ServerSocket listener;
    private final int target;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile Flow up = Flow.PASS;
    private volatile Flow down = Flow.PASS;
    private volatile long delayMs;
    private volatile boolean isRefusing;
    private int accepted;

    /** A cable to a port of this machine. */
    public Link(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("link " + listener.getLocalPort(), this::accept);
    }

    /** Where the client connects to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections there have been. */
    public synchronized int accepted() {
        return accepted;
    }

    /** From the client to the server, and back. */
    public void flow(Flow toServer, Flow toClient) {
        up = toServer;
        down = toClient;
        connections.forEach(Connection::wake);
    }

    /** Everything takes this long, one piece after the other. */
    public void delay(long ms) {
        delayMs = ms;
    }

    /** Whoever connects is turned away. */
    public void refuse() {
        isRefusing = true;
    }

    /** Ends all connections, in order or by a reset. */
    public void cut(Ending ending) {
        end(List.copyOf(connections), ending);
    }

    private void end(List<Connection> some, Ending ending) {
        connections.removeAll(some);
        some.forEach(connection -> connection.end(ending));
    }

    /**
     * Resets every client, but lets the server go on believing: what a client said last, and its end, comes only when the
     * answer is run, perhaps after the client has connected again.
     */
    public Runnable holdBackTheEnd() {
        List<Connection> held = List.copyOf(connections);
        held.forEach(Connection::hold);
        sleep(100);
        connections.removeAll(held);
        held.forEach(Connection::abandonClient);
        return () -> held.forEach(Connection::release);
    }

    /** All is well again; connections that have lost bytes are reset. */
    public void calm() {
        delayMs = 0;
        isRefusing = false;
        flow(Flow.PASS, Flow.PASS);
        end(connections.stream().filter(Connection::hasLost).toList(), Ending.RESET);
    }

    Flow up() {
        return up;
    }

    Flow down() {
        return down;
    }

    /** In the thread of the bytes concerned. */
    void delay() {
        if (delayMs > 0) {
            sleep(delayMs);
        }
    }

    private void accept() {
        while (!listener.isClosed() && accepted() < MOST_CONNECTIONS) {
            try {
                Socket client = listener.accept();
                synchronized (this) {
                    accepted++;
                }
                if (isRefusing) {
                    Connection.reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Connection connection = new Connection(this, client, new Socket(InetAddress.getLoopbackAddress(), target));
            connections.add(connection);
            connection.start();
        } catch (IOException noServer) {
            Connection.reset(client);
        }
    }

    static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleep(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut(Ending.RESET);
    }
}
