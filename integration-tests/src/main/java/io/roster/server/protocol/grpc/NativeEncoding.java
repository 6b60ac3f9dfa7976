// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Lets the micro-benchmarks encode as the native wire does; the encoder itself belongs to that wire alone. */
@NullMarked
public final class NativeEncoding {

    private NativeEncoding() {}

    /** A full list. */
    public static Object full(ServiceSnapshot snapshot) {
        return NativeEncoder.INSTANCE.full(snapshot, View.ALL);
    }

    /** What differs. */
    public static @Nullable Object diff(ServiceChange change) {
        return NativeEncoder.INSTANCE.diff(change);
    }
}
