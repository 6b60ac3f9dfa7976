// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security.tls;

import io.roster.server.security.FileWatch;
import io.roster.server.security.UnusableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of every port: one identity, one set of authorities for clients. New connections get what the files say now; those
 * that stand are left alone. Files that cannot be used change nothing. Thread: any.
 */
public final class ServerTls {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final TlsFiles files;
    private final PemFile certificate;
    private final PemFile key;
    private final CurrentIdentity identity;
    private final @Nullable CurrentTrust trust;
    private int readings;

    private ServerTls(TlsFiles files) throws UnusableFileException {
        this.files = files;
        this.certificate = new PemFile("tls-cert", files.certificate());
        this.key = new PemFile("tls-key", files.key());
        this.identity = new CurrentIdentity(Identity.read(certificate, key, "roster-0"));
        Path authority = files.clientAuthority();
        this.trust = authority == null ? null : CurrentTrust.read(authorities(authority));
    }

    private static PemFile authorities(Path file) {
        return new PemFile("tls-client-ca", file);
    }

    /**
     * Reads the files, and reads them again when they change.
     *
     * @throws IOException if they cannot be used
     */
    public static ServerTls open(TlsFiles files, FileWatch watch) throws IOException {
        FileWatch.Looks before = FileWatch.Looks.of(files.all());
        ServerTls tls = new ServerTls(files);
        watch.watch(before, tls::read);
        return tls;
    }

    /** All or nothing: a new key with an old certificate would serve nobody. */
    private synchronized void read() throws UnusableFileException {
        readings++;
        Identity nextIdentity = Identity.read(certificate, key, "roster-" + readings);
        Path authority = files.clientAuthority();
        if (trust != null && authority != null) {
            trust.replace(CurrentTrust.manager(authorities(authority)));
        }
        identity.replace(nextIdentity);
    }

    public X509ExtendedKeyManager keys() {
        return identity;
    }

    /** Who certifies clients; null if no client is asked. */
    public @Nullable X509ExtendedTrustManager trust() {
        return trust;
    }

    public TlsFiles.ClientAuth clientAuth() {
        return files.clientAuth();
    }

    /** The versions spoken. */
    public List<String> protocols() {
        return PROTOCOLS;
    }

    /** The same for ports that take the JDK's own type. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Never null: the JDK would fall back on the authorities that it knows itself.
            TrustManager[] trusted = trust == null ? new TrustManager[0] : new TrustManager[] {trust};
            context.init(new KeyManager[] {identity}, trusted, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("this JDK has no TLS", failure);
        }
    }
}
