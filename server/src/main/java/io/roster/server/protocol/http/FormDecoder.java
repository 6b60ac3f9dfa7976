// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads query strings and forms: {@code name=value} pairs, percent-encoded in UTF-8 or in the charset that the parameter
 * {@code encoding} names. Bytes that are no text of that charset are refused, never replaced.
 */
final class FormDecoder {

    /** No API here has a third as many. */
    private static final int MAX_PAIRS = 64;

    private final Map<String, byte[]> raw = new LinkedHashMap<>();

    private FormDecoder() {}

    /**
     * Reads the pairs of a request.
     *
     * @param query as it stands in the URI, or null
     * @param form the body if it is a form, or null
     * @throws Refusal if they cannot be read, or name a parameter twice with different values
     */
    static Parameters decode(@Nullable String query, byte @Nullable [] form) {
        if ((query == null || query.isEmpty()) && (form == null || form.length == 0)) {
            return Parameters.NONE;
        }
        FormDecoder decoder = new FormDecoder();
        if (query != null) {
            decoder.take(query.getBytes(StandardCharsets.UTF_8));
        }
        if (form != null) {
            decoder.take(form);
        }
        Charset charset = decoder.charset();
        Map<String, String> values = new HashMap<>();
        decoder.raw.forEach((name, value) -> values.put(name, text(name, value, charset)));
        return new Parameters(Map.copyOf(values));
    }

    private void take(byte[] pairs) {
        int start = 0;
        for (int i = 0; i <= pairs.length; i++) {
            if (i == pairs.length || pairs[i] == '&') {
                if (i > start) {
                    takePair(pairs, start, i);
                }
                start = i + 1;
            }
        }
    }

    private void takePair(byte[] bytes, int start, int end) {
        int split = start;
        while (split < end && bytes[split] != '=') {
            split++;
        }
        String name = text("name of a parameter", unescape(bytes, start, split), StandardCharsets.UTF_8);
        byte[] value = unescape(bytes, Math.min(split + 1, end), end);
        byte[] former = raw.putIfAbsent(name, value);
        if (former != null && !Arrays.equals(former, value)) {
            throw Refusal.illegal(name, "it is given twice with different values.");
        }
        if (raw.size() > MAX_PAIRS) {
            throw Refusal.bad(ErrorCode.PARAMETER_INVALID, "too many parameters (expected: at most " + MAX_PAIRS + ")");
        }
    }

    private static byte[] unescape(byte[] bytes, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            if (bytes[i] == '+') {
                out.write(' ');
            } else if (bytes[i] == '%') {
                int high = i + 2 < end ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw Refusal.bad(
                            ErrorCode.PARAMETER_INVALID, "a % in a parameter is not followed by two hex digits");
                }
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toByteArray();
    }

    private Charset charset() {
        byte[] named = raw.get("encoding");
        String name = named == null ? "" : new String(named, StandardCharsets.ISO_8859_1).strip();
        if (name.isEmpty()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw Refusal.illegal("encoding", "no such charset is known.");
        }
    }

    private static String text(String name, byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.illegal(name, "it is not encoded in " + charset + '.');
        }
    }
}
