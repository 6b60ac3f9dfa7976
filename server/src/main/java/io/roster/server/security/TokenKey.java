// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that tokens are signed with: made by chance at the first start, never a default, readable to its owner only. */
final class TokenKey {

    private static final Logger log = LoggerFactory.getLogger(TokenKey.class);

    private static final String FILE = "token.key";
    private static final int BYTES = 32;
    private static final int MAX_FILE_BYTES = 1_024;
    private static final String EXPECTED = "256 bits in base64; without the file a new key is made, and old tokens end";
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private TokenKey() {}

    /** The key of a data directory, which is made if need be. */
    static byte[] in(Path directory) throws UnusableFileException {
        Path file = directory.resolve(FILE);
        try {
            return read(file);
        } catch (NoSuchFileException none) {
            // The first start.
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
        try {
            make(directory, file);
            return read(file);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static UnusableFileException unreadable(Path file, IOException failure) {
        return failure instanceof UnusableFileException unusable
                ? unusable
                : UnusableFileException.unreadable(
                        "data-dir", file, failure, "a directory that the server may write in");
    }

    private static byte[] read(Path file) throws IOException {
        byte[] key = {};
        if (Files.size(file) <= MAX_FILE_BYTES) {
            try {
                key = Base64.getDecoder()
                        .decode(Files.readString(file, StandardCharsets.US_ASCII)
                                .strip());
            } catch (IllegalArgumentException notBase64) {
                // Refused below, like a key of another length.
            }
        }
        if (key.length != BYTES) {
            throw new UnusableFileException("data-dir", file, "holds no key", EXPECTED);
        }
        if (isPosix() && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            log.error("{} can be read by others than its owner: anybody who has it can make tokens", file);
        }
        return key;
    }

    /** Whole or not at all: a start that is cut short must not leave half a key. */
    private static void make(Path directory, Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(directory);
        FileAttribute<?>[] mode = isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        Path half = Files.createTempFile(directory, FILE, ".new", mode);
        try {
            Files.writeString(half, Base64.getEncoder().encodeToString(key) + '\n', StandardCharsets.US_ASCII);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException another) {
            log.debug("another server has just made {}", file);
        } finally {
            Files.deleteIfExists(half);
        }
        log.info("made a key for tokens in {}", file);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
