// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.ClientCalls;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.server.fixture.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ports with TLS switched on. */
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Authority authority = new Authority("Roster tests");
    private @Nullable RosterServer server;
    private Path trusted = Path.of("");
    private RosterServer.Builder builder = RosterServer.builder();

    @BeforeEach
    void configure() {
        trusted = authority.certificateIn(folder.resolve("ca.pem"));
        Authority.Issued issued = authority.issue("CN=server");
        builder = RosterServer.builder()
                .port(0)
                .set(Setting.SHUTDOWN_GRACE, 0)
                .set(Setting.TLS_CERT, issued.certificateIn(folder.resolve("server.pem")))
                .set(Setting.TLS_KEY, issued.keyIn(folder.resolve("server.key")));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private RosterServer start() throws IOException {
        RosterServer started = builder.start();
        server = started;
        return started;
    }

    @Test
    void bothPortsAnswerWhoTrustsTheServersAuthority() throws Exception {
        RosterServer running = start();
        assertThat(http(running, client(authority, null))).isEqualTo(200);
        assertThat(grpc(running, null)).isEqualTo(Status.Code.OK);
    }

    @Test
    void neitherPortSpeaksPlainText() throws Exception {
        RosterServer running = start();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + running.port() + "/health/live"))
                                        .timeout(PATIENCE)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()));
        ManagedChannel plain = NettyChannelBuilder.forAddress("127.0.0.1", running.grpcPort())
                .usePlaintext()
                .build();
        assertThat(listServices(plain)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void olderVersionsOfTlsAreNotSpoken(String version) throws Exception {
        RosterServer running = start();
        for (int port : new int[] {running.port(), running.grpcPort()}) {
            assertThatExceptionOfType(SSLException.class).isThrownBy(() -> handshake(port, version));
        }
        handshake(running.port(), "TLSv1.2");
        handshake(running.grpcPort(), "TLSv1.2");
    }

    private void handshake(int port, String version) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket)
                client(authority, null).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setEnabledProtocols(new String[] {version});
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void aClientMustShowACertificateOfTheRightAuthority() throws Exception {
        builder.set(Setting.TLS_CLIENT_CA, trusted);
        RosterServer running = start();
        Authority.Issued ours = authority.issue("CN=ours");
        assertThat(grpc(running, ours)).isEqualTo(Status.Code.OK);
        assertThat(http(running, client(authority, ours))).isEqualTo(200);
        Authority.Issued foreign = new Authority("Others").issue("CN=theirs");
        Authority.Issued expired = authority.issue("CN=late", Duration.ofHours(-1));
        for (Authority.Issued wrong : new Authority.@Nullable Issued[] {null, foreign, expired}) {
            assertThat(grpc(running, wrong)).isEqualTo(Status.Code.UNAVAILABLE);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> http(running, client(authority, wrong)));
        }
    }

    @Test
    void anOptionalCertificateMayBeLeftOutButNotBeWrong() throws Exception {
        builder.set(Setting.TLS_CLIENT_CA, trusted).set(Setting.TLS_CLIENT_AUTH, "optional");
        RosterServer running = start();
        Authority.Issued foreign = new Authority("Others").issue("CN=theirs");
        assertThat(grpc(running, null)).isEqualTo(Status.Code.OK);
        assertThat(http(running, client(authority, null))).isEqualTo(200);
        assertThat(grpc(running, foreign)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> http(running, client(authority, foreign)));
    }

    @Test
    void newConnectionsGetTheNewCertificateWithoutARestart() throws Exception {
        RosterServer running = start();
        assertThat(subject(running.port())).isEqualTo("CN=server");
        Authority.Issued next = authority.issue("CN=renewed");
        next.certificateIn(folder.resolve("server.pem"));
        next.keyIn(folder.resolve("server.key"));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!subject(running.port()).equals("CN=renewed") && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(subject(running.port())).isEqualTo("CN=renewed");
        assertThat(subject(running.grpcPort())).isEqualTo("CN=renewed");
    }

    @Test
    void settingsThatDoNotGoTogetherAreRefused() {
        refused(builder.set(Setting.TLS_CLIENT_AUTH, "optional")::start, "tls-client-auth", "tls-client-ca, too");
        refused(builder.set(Setting.TLS_CLIENT_AUTH, "").set(Setting.TLS_KEY, "")::start, "tls-cert", "tls-key, too");
        refused(() -> builder.set(Setting.TLS_CLIENT_AUTH, "perhaps"), "perhaps", "none, optional or required");
    }

    private static void refused(ThrowableAssert.ThrowingCallable step, String... said) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(step)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(said));
    }

    private String subject(int port) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket)
                client(authority, null).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .toString();
        }
    }

    private static int http(RosterServer running, SSLContext tls) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + running.port() + "/health/live"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private Status.Code grpc(RosterServer running, Authority.@Nullable Issued issued) throws IOException {
        SslContextBuilder context = GrpcSslContexts.forClient().trustManager(trusted.toFile());
        if (issued != null) {
            context.keyManager(issued.keys().getPrivate(), issued.certificate());
        }
        return listServices(NettyChannelBuilder.forAddress("127.0.0.1", running.grpcPort())
                .sslContext(context.build())
                .build());
    }

    private static Status.Code listServices(ManagedChannel channel) {
        try {
            ClientCalls.blockingUnaryCall(
                    channel,
                    RegistryGrpc.getListServicesMethod(),
                    CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
                    ListServicesRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException failure) {
            return failure.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    private SSLContext client(Authority server, Authority.@Nullable Issued issued)
            throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", certificate(server.certificateIn(folder.resolve("trusted.pem"))));
        TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
        trusting.init(trust);
        KeyManagerFactory showing = KeyManagerFactory.getInstance("SunX509");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (issued != null) {
            keys.setKeyEntry(
                    "client", issued.keys().getPrivate(), new char[0], new X509Certificate[] {issued.certificate()});
        }
        showing.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(showing.getKeyManagers(), trusting.getTrustManagers(), null);
        return context;
    }

    private static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
