// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security.tls;

import io.roster.server.security.UnusableFileException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate chain and its private key, which belong together. Immutable.
 *
 * @param alias what this one is called, so that half of a handshake does not use it and the other half the next
 */
record Identity(String alias, X509ExtendedKeyManager keys) {

    private static final Logger log = LoggerFactory.getLogger(Identity.class);

    private static final byte[] CHALLENGE = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final char[] NO_PASSWORD = {};

    /**
     * Reads an identity.
     *
     * @throws UnusableFileException if one of the files cannot be used, or they do not belong together
     */
    static Identity read(PemFile certificateFile, PemFile keyFile, String alias) throws UnusableFileException {
        List<X509Certificate> chain = certificateFile.certificates();
        PrivateKey key = keyFile.privateKey();
        X509Certificate certificate = chain.get(0);
        if (!belongTogether(certificate, key)) {
            throw keyFile.unusable("holds another key than the certificate's", "the key of " + certificateFile.path());
        }
        try {
            certificate.checkValidity();
        } catch (CertificateException notNow) {
            log.error("tls-cert: {} is not valid now, clients will refuse it: {}", certificateFile.path(), notNow);
        }
        try {
            return new Identity(alias, keyManager(alias, chain, key));
        } catch (GeneralSecurityException | IOException failure) {
            throw certificateFile.unusable("cannot be used: " + failure.getMessage(), "a certificate chain in order");
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(CHALLENGE);
            byte[] signed = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(CHALLENGE);
            return verifying.verify(signed);
        } catch (GeneralSecurityException notOfOneKind) {
            return false;
        }
    }

    private static X509ExtendedKeyManager keyManager(String alias, List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(alias, key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, NO_PASSWORD);
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager keys) {
                return keys;
            }
        }
        throw new GeneralSecurityException("this JDK has no key manager for X.509");
    }
}
