// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roster.server.core.RegistryException;
import io.roster.server.security.CheckedTokens.Claims;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tokens of logins, whether they are shown for the first time or not. */
class LoginTokensTest {

    private long wallMs = 1_700_000_000_000L;
    private final LoginTokens tokens = new LoginTokens(new byte[32], 2_000, () -> wallMs);
    private final User alice = new User(new Principal("alice", List.of()), UsersText.SECRET);

    private static Directory with(User... users) {
        Directory directory = new Directory();
        List.of(users).forEach(directory::addUser);
        return directory;
    }

    @Test
    void aTokenEndsWithItsTime() {
        String token = tokens.issue(alice);
        assertThat(tokens.verify(token, with(alice)).name()).isEqualTo("alice");
        assertThat(tokens.verify(token, with(alice)).name()).isEqualTo("alice");
        wallMs += 2_000;
        refused(token, with(alice), "expired");
        refused(token, with(alice), "expired");
    }

    @Test
    void aTokenThatWasGoodEndsWithItsUserAndWithItsPassword() {
        String token = tokens.issue(alice);
        assertThat(tokens.verify(token, with(alice)).name()).isEqualTo("alice");
        refused(token, with(), "not valid");
        refused(token, with(new User(alice.principal(), "another hash")), "not valid");
        assertThat(tokens.verify(token, with(alice)).name()).isEqualTo("alice");
    }

    @Test
    void aTokenIsItsUsersAsTheyAreNow() {
        String token = tokens.issue(alice);
        assertThat(tokens.verify(token, with(alice)).mayEverywhere(Role.READ)).isFalse();
        User promoted = new User(new Principal("alice", List.of(new Grant(Role.READ, "*", ""))), UsersText.SECRET);
        assertThat(tokens.verify(token, with(promoted)).mayEverywhere(Role.READ))
                .isTrue();
    }

    @Test
    void theLikenessOfATokenThatWasGoodIsNoToken() {
        String token = tokens.issue(alice);
        assertThat(tokens.verify(token, with(alice)).name()).isEqualTo("alice");
        for (int at = 0; at < token.length(); at++) {
            // Of the last letter of a signature some bits mean nothing.
            boolean isLast = at == token.length() - 1;
            String like = token.substring(0, at) + (token.charAt(at) == 'A' ? 'g' : 'A') + token.substring(at + 1);
            if (!isLast) {
                refused(like, with(alice), "not valid");
            }
        }
    }

    @Test
    void whatIsRememberedIsBounded() {
        CheckedTokens checked = new CheckedTokens(3);
        Claims claims = new Claims("alice", "", 0);
        for (int i = 0; i < 100; i++) {
            checked.add("digest " + i, claims);
            assertThat(checked.find("digest " + i)).isEqualTo(claims);
            assertThat(checked.size()).isLessThanOrEqualTo(3);
        }
    }

    private void refused(String token, Directory directory, String reason) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> tokens.verify(token, directory))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(RegistryException.Code.UNAUTHENTICATED))
                .withMessageContaining(reason);
    }
}
