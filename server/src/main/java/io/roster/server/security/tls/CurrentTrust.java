// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security.tls;

import io.roster.server.security.UnusableFileException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the clients whose certificates come from the authorities that are in force. Thread: any. */
final class CurrentTrust extends X509ExtendedTrustManager {

    private static final X509Certificate[] ANY = {};

    private volatile X509ExtendedTrustManager current;

    private CurrentTrust(X509ExtendedTrustManager first) {
        this.current = first;
    }

    static CurrentTrust read(PemFile authorities) throws UnusableFileException {
        return new CurrentTrust(manager(authorities));
    }

    /** The authorities have changed. */
    static X509ExtendedTrustManager manager(PemFile authorities) throws UnusableFileException {
        List<X509Certificate> certificates = authorities.certificates();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager trust) {
                    return trust;
                }
            }
            throw new GeneralSecurityException("this JDK has no trust manager for X.509");
        } catch (GeneralSecurityException | IOException failure) {
            throw authorities.unusable("cannot be used: " + failure.getMessage(), "certificates of authorities");
        }
    }

    void replace(X509ExtendedTrustManager next) {
        current = next;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        current.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        current.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        current.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw aServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw aServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw aServer();
    }

    private static CertificateException aServer() {
        return new CertificateException("this is a server: it asks no other");
    }

    /** Clients are not told whom to be certified by: some implementations would go on telling what it was at the start. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return ANY;
    }
}
