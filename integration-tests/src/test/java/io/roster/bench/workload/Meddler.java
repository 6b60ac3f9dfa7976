// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.workload;

import io.roster.bench.wire.NativeFrame;
import io.roster.bench.wire.NativeWire;
import io.roster.bench.wire.Security;
import io.roster.bench.wire.Telling;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What stands between a right server and its subscribers and makes it a wrong one. One for each stream. */
abstract class Meddler {

    /** Passes on what the server says to this stream, or something else. */
    abstract void pass(byte[] message, Consumer<byte[]> send);

    /** Says what the server says. */
    static Meddler honest() {
        return new Meddler() {
            @Override
            void pass(byte[] message, Consumer<byte[]> send) {
                send.accept(message);
            }
        };
    }

    /** Does something else with one change: the so-manieth of all streams together. */
    private abstract static class Once extends Meddler {

        private final AtomicInteger countdown;

        Once(AtomicInteger countdown) {
            this.countdown = countdown;
        }

        @Override
        void pass(byte[] message, Consumer<byte[]> send) {
            if (message[0] == NativeFrame.DIFF && countdown.decrementAndGet() == 0) {
                meddle(message, send);
            } else {
                send.accept(message);
            }
        }

        abstract void meddle(byte[] diff, Consumer<byte[]> send);
    }

    static Meddler dropping(AtomicInteger countdown) {
        return new Once(countdown) {
            @Override
            void meddle(byte[] diff, Consumer<byte[]> send) {}
        };
    }

    static Meddler repeating(AtomicInteger countdown) {
        return new Once(countdown) {
            @Override
            void meddle(byte[] diff, Consumer<byte[]> send) {
                send.accept(diff);
                send.accept(diff);
            }
        };
    }

    /** Once enough was said, says again the first that was said of the service to this stream. */
    static Meddler stale(AtomicInteger countdown) {
        Map<String, byte[]> first = new HashMap<>();
        return new Meddler() {
            @Override
            void pass(byte[] message, Consumer<byte[]> send) {
                send.accept(message);
                if (message[0] != NativeFrame.DIFF) {
                    return;
                }
                byte[] before = first.putIfAbsent(service(message), message);
                if (before != null && countdown.decrementAndGet() == 0) {
                    send.accept(before);
                }
            }
        };
    }

    /** Says no more of any service once enough was said. */
    static Meddler deaf(AtomicInteger countdown) {
        return new Meddler() {
            @Override
            void pass(byte[] message, Consumer<byte[]> send) {
                if (message[0] != NativeFrame.DIFF || countdown.decrementAndGet() > 0) {
                    send.accept(message);
                }
            }
        };
    }

    private static String service(byte[] message) {
        Telling telling = Objects.requireNonNull(new NativeWire(Security.NONE).read(message));
        return telling.service();
    }
}
