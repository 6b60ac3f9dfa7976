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
import io.roster.server.security.CheckedTokens.Claims;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.function.LongSupplier;

/** The short-lived tokens that a login gives: JWTs signed with HS256. Thread: any. */
final class LoginTokens {

    private static final String ISSUER = "roster";

    /** Ties a token to the password that it was given for: a changed password ends it. */
    private static final String PASSWORD = "pwd";

    private static final int LONGEST = 4_096;

    /** More than are in use at once, at a few hundred bytes each. */
    private static final int REMEMBERED = 10_000;

    private final MACSigner signer;
    private final MACVerifier verifier;
    private final long lifetimeMs;
    private final LongSupplier wallMs;
    private final CheckedTokens checked = new CheckedTokens(REMEMBERED);

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
                .claim(PASSWORD, user.fingerprint())
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
        if (token.length() > LONGEST) {
            throw invalid();
        }
        String sha256 = Sha256.of(token);
        Claims known = checked.find(sha256);
        Claims claims = known == null ? check(token) : known;
        User user = directory.user(claims.subject());
        if (user == null || !user.fingerprint().equals(claims.fingerprint())) {
            throw invalid();
        }
        if (claims.expiresMs() <= wallMs.getAsLong()) {
            throw RegistryException.of(RegistryException.Code.UNAUTHENTICATED, "the token has expired; log in again");
        }
        if (known == null) {
            checked.add(sha256, claims);
        }
        return user.principal();
    }

    private Claims check(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            if (!signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !signed.verify(verifier)) {
                throw invalid();
            }
            return claims(signed.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException malformed) {
            throw invalid();
        }
    }

    @SuppressWarnings("JavaUtilDate") // The library's own type.
    private static Claims claims(JWTClaimsSet signed) throws ParseException {
        String subject = signed.getSubject();
        String fingerprint = signed.getStringClaim(PASSWORD);
        Date expiry = signed.getExpirationTime();
        if (!ISSUER.equals(signed.getIssuer()) || subject == null || fingerprint == null || expiry == null) {
            throw invalid();
        }
        return new Claims(subject, fingerprint, expiry.getTime());
    }

    static RegistryException invalid() {
        return RegistryException.of(
                RegistryException.Code.UNAUTHENTICATED, "the token is not valid (expected: one that this server gave)");
    }
}
