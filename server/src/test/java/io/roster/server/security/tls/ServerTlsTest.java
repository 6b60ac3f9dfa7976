// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roster.server.fixture.Authority;
import io.roster.server.security.FileLooking;
import io.roster.server.security.FileWatch;
import io.roster.server.security.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate is shown and whose are trusted, as the files change. */
class ServerTlsTest {

    @TempDir
    Path folder;

    private final Authority authority = new Authority("Roster tests");
    private final FileWatch watch = new FileWatch();
    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void issue() {
        Authority.Issued first = authority.issue("CN=first");
        certificate = first.certificateIn(folder.resolve("server.pem"));
        key = first.keyIn(folder.resolve("server.key"));
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void whatTheFilesSayIsShown() throws IOException {
        assertThat(shown(open())).isEqualTo("CN=first");
    }

    @Test
    void aNewCertificateIsShownOnceItsKeyIsThereToo() throws IOException {
        ServerTls tls = open();
        Authority.Issued second = authority.issue("CN=second");
        second.certificateIn(certificate);
        FileLooking.at(watch);
        assertThat(shown(tls)).as("with the old key").isEqualTo("CN=first");
        second.keyIn(key);
        FileLooking.at(watch);
        assertThat(shown(tls)).isEqualTo("CN=second");
    }

    @Test
    void aHandshakeEndsWithTheIdentityThatItBeganWith() throws IOException {
        ServerTls tls = open();
        String alias = tls.keys().chooseEngineServerAlias("EC", null, null);
        Authority.Issued second = authority.issue("CN=second");
        second.certificateIn(certificate);
        second.keyIn(key);
        FileLooking.at(watch);
        assertThat(shown(tls)).isEqualTo("CN=second");
        assertThat(tls.keys().getCertificateChain(alias)[0].getSubjectX500Principal())
                .hasToString("CN=first");
        assertThat(tls.keys().getPrivateKey(alias))
                .isNotEqualTo(tls.keys().getPrivateKey(tls.keys().chooseEngineServerAlias("EC", null, null)));
    }

    @Test
    void aFileThatBecomesUnreadableChangesNothing() throws IOException {
        ServerTls tls = open();
        Files.delete(key);
        FileLooking.at(watch);
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n");
        FileLooking.at(watch);
        assertThat(shown(tls)).isEqualTo("CN=first");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefusedAtTheStart() {
        authority.issue("CN=other").keyIn(key);
        refused("tls-key", "server.key holds another key than the certificate's");
    }

    @Test
    void filesThatAreNotThereOrSomethingElseAreRefusedInOneLine() throws IOException {
        Path full = Files.copy(certificate, folder.resolve("kept.pem"));
        Files.delete(certificate);
        refused("tls-cert", "server.pem does not exist");
        Files.writeString(certificate, "no pem at all");
        refused("tls-cert", "server.pem");
        Files.writeString(certificate, "");
        refused("tls-cert", "server.pem");
        String pem = Files.readString(full);
        Files.writeString(certificate, pem.substring(0, pem.length() / 2));
        refused("tls-cert", "server.pem");
        Files.copy(full, certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(key, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refused("tls-key", "holds an RSA PRIVATE KEY");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused("tls-key", "holds a private key that cannot be read");
        Files.writeString(key, pem);
        refused("tls-key", "holds no private key");
        Files.writeString(key, "x".repeat(2 << 20));
        refused("tls-key", "is longer than 1048576 bytes");
    }

    @Test
    void clientsOfTheNewAuthorityAreTrustedOnceItIsInTheFile() throws Exception {
        Path trusted = authority.certificateIn(folder.resolve("clients.pem"));
        ServerTls tls = ServerTls.open(new TlsFiles(certificate, key, trusted, TlsFiles.ClientAuth.REQUIRED), watch);
        Authority other = new Authority("Others");
        X509Certificate ours = authority.issue("CN=ours").certificate();
        X509Certificate theirs = other.issue("CN=theirs").certificate();
        X509Certificate late = authority.issue("CN=late", Duration.ofHours(-1)).certificate();
        assertThat(trusts(tls, ours)).isTrue();
        assertThat(trusts(tls, theirs)).isFalse();
        assertThat(trusts(tls, late)).as("an expired one").isFalse();
        other.certificateIn(trusted);
        FileLooking.at(watch);
        assertThat(trusts(tls, ours)).isFalse();
        assertThat(trusts(tls, theirs)).isTrue();
        Files.writeString(trusted, "");
        FileLooking.at(watch);
        assertThat(trusts(tls, theirs)).isTrue();
    }

    private static boolean trusts(ServerTls tls, X509Certificate client) {
        try {
            Objects.requireNonNull(tls.trust()).checkClientTrusted(new X509Certificate[] {client}, "ECDHE_ECDSA");
            return true;
        } catch (CertificateException distrusted) {
            return false;
        }
    }

    private ServerTls open() throws IOException {
        return ServerTls.open(new TlsFiles(certificate, key, null, TlsFiles.ClientAuth.NONE), watch);
    }

    private static String shown(ServerTls tls) {
        String alias = tls.keys().chooseEngineServerAlias("EC", null, null);
        return tls.keys()
                .getCertificateChain(alias)[0]
                .getSubjectX500Principal()
                .toString();
    }

    private void refused(String... said) {
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(this::open)
                .satisfies(refusal ->
                        assertThat(refusal.getMessage()).contains(said).doesNotContain("\n"));
    }
}
