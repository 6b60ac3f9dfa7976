// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoTest {

    private final Memo memo = new Memo();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void aResultIsMadeOnceHoweverManyAsk() {
        assertThat(ask("a")).isEqualTo("a");
        assertThat(ask("b")).isEqualTo("b");
        assertThat(ask("a")).isEqualTo("a");
        assertThat(made).hasValue(2);
    }

    @Test
    void whatFailsToBeMadeIsNotRemembered() {
        try {
            memo.get("a", () -> {
                throw new IllegalStateException("no paper");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no paper");
        }
        assertThat(ask("a")).isEqualTo("a");
    }

    @Test
    void pastItsBoundResultsAreRightButNotKept() {
        for (int i = 0; i < 2 * Memo.MAX_ENTRIES; i++) {
            assertThat(ask("key " + i)).isEqualTo("key " + i);
        }
        made.set(0);
        ask("key 0");
        ask("key " + (Memo.MAX_ENTRIES - 1));
        assertThat(made).hasValue(0);
        ask("key " + Memo.MAX_ENTRIES);
        ask("key " + Memo.MAX_ENTRIES);
        assertThat(made).hasValue(2);
    }

    private String ask(String key) {
        return memo.get(key, () -> {
            made.incrementAndGet();
            return key;
        });
    }
}
