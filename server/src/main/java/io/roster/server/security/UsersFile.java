// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Reads the users file: JSON with {@code users}, {@code tokens} and {@code certificates}, each with a name and grants.
 * Anything unknown in it is refused: a slip must not grant more than was meant. Thread: any.
 */
final class UsersFile {

    private static final String SETTING = "users";
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_DEPTH = 8;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@:/+-]{1,128}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String EXPECTED = "JSON with users, tokens and certificates";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;

    UsersFile(Path path) {
        this.path = path;
    }

    private record Content(
            @Nullable List<@Nullable Person> users,
            @Nullable List<@Nullable Program> tokens,
            @Nullable List<@Nullable Holder> certificates) {}

    private record Person(
            @Nullable String name,
            @Nullable String password,
            @Nullable List<@Nullable Given> grants) {}

    private record Program(
            @Nullable String name,
            @Nullable String sha256,
            @Nullable List<@Nullable Given> grants) {}

    private record Holder(
            @Nullable String name,
            @Nullable String subject,
            @Nullable List<@Nullable Given> grants) {}

    private record Given(
            @Nullable String role,
            @Nullable String namespace,
            @Nullable String service) {}

    /** Everybody in it. */
    Directory read() throws UnusableFileException {
        Content content = content();
        Directory directory = new Directory();
        for (Person person : present(content.users())) {
            Principal principal = principal(directory, person.name(), person.grants());
            String hash = text(person.password());
            if (!Passwords.isHash(hash)) {
                throw unusable(
                        "has no usable password for " + principal.name(),
                        "a bcrypt hash of cost 4 to 15, as hash-password makes");
            }
            directory.addUser(new User(principal, hash));
        }
        for (Program program : present(content.tokens())) {
            Principal principal = principal(directory, program.name(), program.grants());
            String sha256 = text(program.sha256()).toLowerCase(Locale.ROOT);
            if (!SHA256.matcher(sha256).matches() || !directory.addToken(sha256, principal)) {
                throw unusable(
                        "has no usable sha256 for " + principal.name(), "64 hex digits of its own, as new-token makes");
            }
        }
        for (Holder holder : present(content.certificates())) {
            Principal principal = principal(directory, holder.name(), holder.grants());
            if (!directory.addSubject(subject(principal, text(holder.subject())), principal)) {
                throw unusable("has the subject of " + principal.name() + " twice", "each subject once");
            }
        }
        return directory;
    }

    private Content content() throws UnusableFileException {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw unusable("is longer than " + MAX_BYTES + " bytes", EXPECTED);
            }
            Content content = JSON.readValue(Files.readAllBytes(path), Content.class);
            if (content == null) {
                throw unusable("is null", EXPECTED);
            }
            return content;
        } catch (UnrecognizedPropertyException unknown) {
            throw unusable("has the unknown key " + unknown.getPropertyName() + at(unknown), EXPECTED);
        } catch (JsonProcessingException unreadable) {
            // What Jackson says may quote the file, and so a password that was written down where a hash should be.
            throw unusable("cannot be understood" + at(unreadable), EXPECTED);
        } catch (UnusableFileException unusable) {
            throw unusable;
        } catch (IOException failure) {
            throw UnusableFileException.unreadable(SETTING, path, failure, EXPECTED);
        }
    }

    private static String at(JsonProcessingException problem) {
        JsonLocation location = problem.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private <T> List<T> present(@Nullable List<@Nullable T> entries) throws UnusableFileException {
        List<T> present = new ArrayList<>();
        for (T entry : entries == null ? List.<@Nullable T>of() : entries) {
            if (entry == null) {
                throw unusable("has an entry that is null", EXPECTED);
            }
            present.add(entry);
        }
        return present;
    }

    private Principal principal(Directory directory, @Nullable String name, @Nullable List<@Nullable Given> grants)
            throws UnusableFileException {
        String called = text(name);
        if (!NAME.matcher(called).matches()) {
            throw unusable("has an entry with no usable name", "1 to 128 letters, digits and . _ @ : / + -");
        }
        List<Grant> granted = new ArrayList<>();
        for (Given given : present(grants)) {
            granted.add(grant(called, given));
        }
        Principal principal = new Principal(called, granted);
        if (called.equals(Principal.NOBODY.name())
                || called.equals(Principal.ANYBODY.name())
                || !directory.add(principal)) {
            throw unusable("has the name " + called + " twice, or it is taken", "each name once");
        }
        return principal;
    }

    private Grant grant(String name, Given given) throws UnusableFileException {
        Role role = switch (text(given.role())) {
            case "read" -> Role.READ;
            case "write" -> Role.WRITE;
            case "operate" -> Role.OPERATE;
            default ->
                throw unusable(
                        "has the unknown role \"" + cut(text(given.role())) + "\" for " + name,
                        "read, write or operate");
        };
        String namespace = text(given.namespace());
        if (namespace.isEmpty()) {
            throw unusable("has a grant without a namespace for " + name, "a namespace, or \"*\" for every one");
        }
        return new Grant(role, namespace, text(given.service()));
    }

    private X500Principal subject(Principal principal, String subject) throws UnusableFileException {
        try {
            return new X500Principal(subject);
        } catch (IllegalArgumentException notASubject) {
            throw unusable("has no usable subject for " + principal.name(), "a subject such as CN=orders,O=Example");
        }
    }

    private static String cut(String text) {
        return text.length() <= 32 ? text : text.substring(0, 32) + '…';
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private UnusableFileException unusable(String problem, String expected) {
        return new UnusableFileException(SETTING, path, problem, expected);
    }
}
