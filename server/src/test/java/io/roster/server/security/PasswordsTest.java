// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords and their hashes. */
class PasswordsTest {

    @Test
    void aPasswordMatchesItsHashAndNoOtherDoes() {
        String hash = Passwords.hash("grüezi");
        assertThat(Passwords.isHash(hash)).isTrue();
        assertThat(hash).doesNotContain("gr");
        assertThat(Passwords.match("grüezi", hash)).isTrue();
        assertThat(Passwords.match("gruezi", hash)).isFalse();
        assertThat(Passwords.match("", hash)).isFalse();
    }

    /** Other programs write other letters for the same. */
    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void hashesOfOtherProgramsAreUnderstood(String version) {
        String hash = version + UsersText.SECRET.substring(4);
        assertThat(Passwords.isHash(hash)).isTrue();
        assertThat(Passwords.match("secret", hash)).isTrue();
        assertThat(Passwords.match("Secret", hash)).isFalse();
    }

    @Test
    void aPasswordLongerThanTheAlgorithmLooksAtIsRefusedNotCut() {
        String longest = "x".repeat(72);
        String hash = Passwords.hash(longest);
        assertThat(Passwords.match(longest, hash)).isTrue();
        assertThat(Passwords.match(longest + "y", hash)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Passwords.hash(longest + "y"));
        assertThatIllegalArgumentException().isThrownBy(() -> Passwords.hash(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "{plain}secret",
                "$1$abc$def",
                "$2a$31$......................LAtw7/ohmmBAhnXqmkuIz83Rl5Qdjhm"
            })
    void whatIsNoHashOrWouldTakeForEverIsNone(String text) {
        assertThat(Passwords.isHash(text)).isFalse();
    }

    @Test
    void unknownUsersTakeAsLongAsWrongPasswords() {
        assertThat(Passwords.isHash(Passwords.NOBODYS)).isTrue();
        long start = System.nanoTime();
        Passwords.matchNobodys("x");
        long nobody = System.nanoTime() - start;
        String hash = Passwords.hash("y");
        start = System.nanoTime();
        assertThat(Passwords.match("x", hash)).isFalse();
        long wrong = System.nanoTime() - start;
        assertThat(nobody).isGreaterThan(wrong / 4);
    }
}
