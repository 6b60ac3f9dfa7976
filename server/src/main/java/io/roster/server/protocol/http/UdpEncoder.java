// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Limits;
import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import io.roster.server.push.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes lists as datagrams of the 1.x protocol: always full, compressed from 1,024 bytes on. Equal encoders share what
 * they make.
 *
 * @param ids names datagrams
 */
record UdpEncoder(Selection selection, long cacheMs, Limits limits, LongSupplier ids) implements Encoder {

    private static final int COMPRESSED_FROM = 1_024;

    /** What fits into a datagram, and into the buffers of the clients. */
    private static final int MAX_BYTES = 60_000;

    /** Longer lists would not fit in any case, and writing them would hold the loop up. */
    private static final int MAX_HOSTS = 1_000;

    /** The outer frame; the list stands in it as text. */
    private record Frame(String type, String data, long lastRefTime) {}

    @Override
    public Object full(ServiceSnapshot snapshot, View view) {
        long id = ids.getAsLong();
        byte[] bytes = snapshot.through(view).total() > MAX_HOSTS ? new byte[0] : encode(snapshot, id);
        return new UdpDatagram(id, bytes.length > MAX_BYTES ? new byte[0] : bytes);
    }

    private byte[] encode(ServiceSnapshot snapshot, long id) {
        byte[] list = Json.bytes(ServiceInfo.of(snapshot, selection, cacheMs, limits));
        byte[] frame = Json.bytes(new Frame("dom", new String(list, StandardCharsets.UTF_8), id));
        return frame.length < COMPRESSED_FROM ? frame : compressed(frame);
    }

    private static byte[] compressed(byte[] frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(frame.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(frame);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public @Nullable Object diff(ServiceChange change) {
        return null;
    }
}
