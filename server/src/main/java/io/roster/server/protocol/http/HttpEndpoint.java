// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.security.tls.ServerTls;
import io.roster.server.security.tls.TlsFiles;
import io.roster.server.transport.Intake;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main port. Thread: any. */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpEndpoint.class);

    /** One thread selects, the others answer; requests do not block, so more would only wait for processors. */
    private static final int MAX_THREADS = 6;

    private static final int BACKLOG = 1_024;

    /** Enough for the largest request body in flight; buffers beyond it are left to the collector. */
    private static final long POOLED_BYTES = 8L << 20;

    private final Server server;
    private final ServerConnector connector;

    private HttpEndpoint(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens the port.
     *
     * @param tls null for plain text
     * @param mostConnections further ones wait to be accepted
     * @param intake what the port takes in of those that are
     * @throws IOException if the address cannot be bound
     */
    public static HttpEndpoint open(
            InetSocketAddress address,
            @Nullable ServerTls tls,
            int mostConnections,
            Intake intake,
            HttpLimits limits,
            HttpServices services)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("roster-http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        Server server = new Server(
                threads,
                new ScheduledExecutorScheduler("roster-http-timer", true),
                new ArrayByteBufferPool(0, -1, -1, -1, POOLED_BYTES, POOLED_BYTES));
        ServerConnector connector = new ServerConnector(server, 0, 1, wires(tls, http(limits)));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(limits.idleMs());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(mostConnections, connector));
        connector.addBean(new ConnectionDoor(intake.connections()));
        server.setHandler(
                new RequestHandler(services::routes, services.doorkeeper(), limits.bodyBytes(), intake.unfinished()));
        server.setErrorHandler(new UnreadableRequest());
        try {
            server.start();
        } catch (Exception failure) {
            stop(server);
            throw failure instanceof IOException io ? io : new IOException(failure);
        }
        return new HttpEndpoint(server, connector);
    }

    /** Of two wires the first is spoken: TLS with HTTP in it, or HTTP. */
    private static ConnectionFactory[] wires(@Nullable ServerTls tls, HttpConnectionFactory http) {
        if (tls == null) {
            return new ConnectionFactory[] {http};
        }
        // Whom a request names is no concern of TLS here: clients come by address, too.
        http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls.context());
        factory.setIncludeProtocols(tls.protocols().toArray(new String[0]));
        factory.setSniRequired(false);
        factory.setNeedClientAuth(tls.clientAuth() == TlsFiles.ClientAuth.REQUIRED);
        factory.setWantClientAuth(tls.clientAuth() == TlsFiles.ClientAuth.OPTIONAL);
        return new ConnectionFactory[] {new SslConnectionFactory(factory, http.getProtocol()), http};
    }

    private static HttpConnectionFactory http(HttpLimits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(limits.headerBytes());
        http.setSendServerVersion(false);
        // Parameters are decoded by FormDecoder, in whatever charset they are in.
        http.setUriCompliance(UriCompliance.DEFAULT);
        return new HttpConnectionFactory(http);
    }

    /** The port that was bound. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Ends the port at once. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception failure) {
            log.warn("the main port did not close cleanly", failure);
        }
    }
}
