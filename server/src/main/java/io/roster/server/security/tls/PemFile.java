// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security.tls;

import io.roster.server.security.UnusableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file that a setting names. Immutable.
 *
 * @param setting the setting, for messages
 */
record PemFile(String setting, Path path) {

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN (\\w+ PRIVATE KEY)-----");
    private static final String CERTIFICATES = "certificates in PEM";
    private static final String PRIVATE_KEY = "a private key in PEM, unencrypted PKCS #8";

    /** The certificates in it, at least one. */
    List<X509Certificate> certificates() throws UnusableFileException {
        byte[] pem = bytes(CERTIFICATES);
        List<X509Certificate> certificates;
        try {
            certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException unreadable) {
            throw unusable("holds something else", CERTIFICATES);
        }
        if (certificates.isEmpty()) {
            throw unusable("holds no certificate", CERTIFICATES);
        }
        return certificates;
    }

    /** The one private key in it. */
    PrivateKey privateKey() throws UnusableFileException {
        String pem = new String(bytes(PRIVATE_KEY), StandardCharsets.US_ASCII);
        Matcher key = KEY.matcher(pem);
        if (!key.find()) {
            Matcher other = OTHER_KEY.matcher(pem);
            throw other.find()
                    ? unusable("holds an " + other.group(1), PRIVATE_KEY + ", as openssl pkcs8 -topk8 -nocrypt makes")
                    : unusable("holds no private key", PRIVATE_KEY);
        }
        PKCS8EncodedKeySpec encoded;
        try {
            encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        } catch (IllegalArgumentException notBase64) {
            throw unusable("holds a private key that cannot be read", PRIVATE_KEY);
        }
        for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (GeneralSecurityException another) {
                // The encoding says of which algorithm it is, but the JDK has to be asked by name.
            }
        }
        throw unusable("holds a private key that cannot be read", PRIVATE_KEY + ", RSA, EC or EdDSA");
    }

    private byte[] bytes(String expected) throws UnusableFileException {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw unusable("is longer than " + MAX_BYTES + " bytes", expected);
            }
            return Files.readAllBytes(path);
        } catch (UnusableFileException tooLong) {
            throw tooLong;
        } catch (IOException failure) {
            throw UnusableFileException.unreadable(setting, path, failure, expected);
        }
    }

    UnusableFileException unusable(String problem, String expected) {
        return new UnusableFileException(setting, path, problem, expected);
    }
}
