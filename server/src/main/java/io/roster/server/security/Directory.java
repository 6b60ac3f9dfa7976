// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.util.HashMap;
import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Everybody the server knows, as the users file says. Immutable once built. */
final class Directory {

    private final Map<String, Principal> principals = new HashMap<>();
    private final Map<String, User> users = new HashMap<>();
    private final Map<String, Principal> tokens = new HashMap<>();
    private final Map<X500Principal, Principal> subjects = new HashMap<>();

    /**
     * Adds a principal.
     *
     * @return false if somebody has the name
     */
    boolean add(Principal principal) {
        return principals.putIfAbsent(principal.name(), principal) == null;
    }

    void addUser(User user) {
        users.put(user.principal().name(), user);
    }

    /**
     * Adds a token.
     *
     * @param sha256 its digest in lower-case hex
     * @return false if another has the digest
     */
    boolean addToken(String sha256, Principal principal) {
        return tokens.putIfAbsent(sha256, principal) == null;
    }

    boolean addSubject(X500Principal subject, Principal principal) {
        return subjects.putIfAbsent(subject, principal) == null;
    }

    @Nullable
    Principal find(String name) {
        return principals.get(name);
    }

    @Nullable
    User user(String name) {
        return users.get(name);
    }

    /** Who has the token of this digest. The digest of a guess tells nothing of the digest sought. */
    @Nullable
    Principal byTokenDigest(String sha256) {
        return tokens.get(sha256);
    }

    @Nullable
    Principal bySubject(X500Principal subject) {
        return subjects.get(subject);
    }

    int size() {
        return principals.size();
    }
}
