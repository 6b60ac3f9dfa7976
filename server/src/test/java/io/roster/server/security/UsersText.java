// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes users files for tests. */
public final class UsersText {

    /** The hash of {@code secret}, at the lowest cost. */
    public static final String SECRET = new String(
            BCrypt.withDefaults().hash(4, "secret".getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);

    private final List<String> users = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> certificates = new ArrayList<>();

    /** A user whose password is {@code secret}. */
    public UsersText user(String name, String... grants) {
        users.add(entry(name, "password", SECRET, grants));
        return this;
    }

    public UsersText user(String name, String hash, List<String> grants) {
        users.add(entry(name, "password", hash, grants.toArray(new String[0])));
        return this;
    }

    public UsersText token(ApiToken token, String name, String... grants) {
        tokens.add(entry(name, "sha256", token.sha256(), grants));
        return this;
    }

    public UsersText certificate(String subject, String name, String... grants) {
        certificates.add(entry(name, "subject", subject, grants));
        return this;
    }

    /** Each grant is {@code role namespace [prefix]}. */
    private static String entry(String name, String key, String value, String... grants) {
        List<String> given = new ArrayList<>();
        for (String grant : grants) {
            String[] words = grant.split(" ", -1);
            given.add("{\"role\":\"" + words[0] + "\",\"namespace\":\"" + words[1] + "\""
                    + (words.length > 2 ? ",\"service\":\"" + words[2] + "\"" : "") + "}");
        }
        return "{\"name\":\"" + name + "\",\"" + key + "\":\"" + value + "\",\"grants\":[" + String.join(",", given)
                + "]}";
    }

    @Override
    public String toString() {
        return "{\"users\":[" + String.join(",", users) + "],\"tokens\":[" + String.join(",", tokens)
                + "],\"certificates\":[" + String.join(",", certificates) + "]}";
    }

    public Path in(Path file) {
        try {
            return Files.writeString(file, toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
