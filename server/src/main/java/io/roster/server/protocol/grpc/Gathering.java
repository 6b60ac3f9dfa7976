// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.server.protocol.grpc.Publisher.Lost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for a known number of answers and hands over what was lost. Thread: any. */
final class Gathering {

    private final Consumer<List<Lost>> done;
    private final List<Lost> lost = new ArrayList<>();
    private int outstanding;

    Gathering(int outstanding, Consumer<List<Lost>> done) {
        this.outstanding = outstanding;
        this.done = done;
    }

    void arrived(@Nullable Lost oneLost) {
        boolean last;
        synchronized (this) {
            if (oneLost != null) {
                lost.add(oneLost);
            }
            last = --outstanding == 0;
        }
        if (last) {
            done.accept(lost);
        }
    }
}
