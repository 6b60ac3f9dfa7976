// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.roster.server.core.RegistryException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/** The short-lived tokens that a login gives: JWTs signed with HS256. Thread: any. */
final class LoginTokens {

    private static final String ISSUER = "roster";

    /** Ties a token to the password that it was given for: a changed password ends it. */
    private static final String PASSWORD = "pwd";

    private static final int FINGERPRINT_BYTES = 8;
    private static final int LONGEST = 4_096;

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final long lifetimeMs;
    private final LongSupplier wallMs;

    /**
     * @param wallMs the time of day, milliseconds since 1970
     */
    LoginTokens(byte[] key, long lifetimeMs, LongSupplier wallMs) {
        this.lifetimeMs = lifetimeMs;
        this.wallMs = wallMs;
        try {
            this.signer = new MACSigner(key);
            this.verifier = new MACVerifier(key);
        } catch (JOSEException weak) {
            throw new IllegalArgumentException("key: " + key.length * 8 + " bits (expected: 256)", weak);
        }
    }

    long lifetimeMs() {
        return lifetimeMs;
    }

    /** A token for a user who has just shown the password. */
    @SuppressWarnings("JavaUtilDate") // The library's own type.
    String issue(User user) {
        // Tokens count in whole seconds; the part of one is its owner's.
        Instant now = Instant.ofEpochMilli(wallMs.getAsLong());
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user.principal().name())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusMillis(lifetimeMs + 999)))
                .claim(PASSWORD, fingerprint(user))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(signer);
        } catch (JOSEException failure) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", failure);
        }
        return token.serialize();
    }

    /**
     * Whose token this is.
     *
     * @throws RegistryException UNAUTHENTICATED if it was not given by this server, has expired, or its user has gone or has
     *     another password
     */
    Principal verify(String token, Directory directory) {
        JWTClaimsSet claims = claims(token);
        String subject = claims.getSubject();
        User user = subject == null ? null : directory.user(subject);
        if (user == null || !fingerprint(user).equals(claims.getClaim(PASSWORD))) {
            throw invalid();
        }
        if (expires(claims) <= wallMs.getAsLong()) {
            throw RegistryException.of(RegistryException.Code.UNAUTHENTICATED, "the token has expired; log in again");
        }
        return user.principal();
    }

    @SuppressWarnings("JavaUtilDate") // The library's own type.
    private static long expires(JWTClaimsSet claims) {
        Date expiry = claims.getExpirationTime();
        return expiry == null ? 0 : expiry.getTime();
    }

    private JWTClaimsSet claims(String token) {
        if (token.length() > LONGEST) {
            throw invalid();
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            if (!signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !signed.verify(verifier)) {
                throw invalid();
            }
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            if (!ISSUER.equals(claims.getIssuer())) {
                throw invalid();
            }
            return claims;
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException malformed) {
            throw invalid();
        }
    }

    private static String fingerprint(User user) {
        return HexFormat.of().formatHex(ApiToken.digest(user.hash()), 0, FINGERPRINT_BYTES);
    }

    static RegistryException invalid() {
        return RegistryException.of(
                RegistryException.Code.UNAUTHENTICATED, "the token is not valid (expected: one that this server gave)");
    }
}
