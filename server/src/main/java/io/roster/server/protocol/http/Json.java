// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON in and out, within bounds. The first use loads the library; until then a start need not wait for it. */
final class Json {

    /** Far above what a beat, a metadata map or a list of instances needs. */
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(16)
            .maxStringLength(64 << 10)
            .maxNameLength(4 << 10)
            .maxNumberLength(64)
            .maxDocumentLength(1 << 20)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(BOUNDS).build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a value.
     *
     * @throws JsonProcessingException if the text is not what was expected, or exceeds the bounds
     */
    static <T> T read(String text, TypeReference<T> type) throws JsonProcessingException {
        T value = MAPPER.readValue(text, type);
        if (value == null) {
            throw new NullValue();
        }
        return value;
    }

    private static final class NullValue extends JsonProcessingException {

        private static final long serialVersionUID = 1L;

        NullValue() {
            super("null (expected: a value)");
        }
    }
}
