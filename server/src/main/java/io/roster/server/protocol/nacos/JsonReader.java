// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one JSON object, as forgiving as Nacos is: unknown fields are passed over, null counts as not said, and numbers and
 * booleans may come as text. What cannot be meant so is an {@link IOException}. Used by one thread.
 */
final class JsonReader {

    /** Takes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        /** Reads the value of a field with one call to the reader; {@link #skip} if it means nothing here. */
        void read(String name, JsonReader json) throws IOException;
    }

    /** Takes one element of an array, with one call to the reader. */
    @FunctionalInterface
    interface Element {
        void read(JsonReader json) throws IOException;
    }

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a whole body. */
    static void read(byte[] utf8, Fields fields) throws IOException {
        try (JsonParser parser = Json.parser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Invalid request");
            }
            new JsonReader(parser).fields(fields);
        }
    }

    /** What is wrong, without where it was found in the server's own terms. */
    static String problem(IOException failure) {
        String message =
                failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        return message == null ? "Invalid request" : message;
    }

    private void fields(Fields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(name, this);
        }
    }

    /** An object, unless it is null. */
    void object(Fields fields) throws IOException {
        if (starts(JsonToken.START_OBJECT, "an object")) {
            fields(fields);
        }
    }

    /** An array, unless it is null. */
    void array(Element element) throws IOException {
        if (starts(JsonToken.START_ARRAY, "an array")) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element.read(this);
            }
        }
    }

    private boolean starts(JsonToken token, String expected) throws IOException {
        if (parser.currentToken() != token && parser.currentToken() != JsonToken.VALUE_NULL) {
            throw unexpected(expected);
        }
        return parser.currentToken() == token;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** A text, empty if null. */
    String text() throws IOException {
        return scalar("a text");
    }

    int integer(int otherwise) throws IOException {
        String text = scalar("a number");
        if (text.isEmpty()) {
            return otherwise;
        }
        double number = number(text);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw unexpected("a number of 32 bits");
        }
        return (int) number;
    }

    double decimal(double otherwise) throws IOException {
        String text = scalar("a number");
        return text.isEmpty() ? otherwise : number(text);
    }

    private double number(String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw unexpected("a number");
        }
    }

    boolean bool(boolean otherwise) throws IOException {
        String text = scalar("true or false");
        return switch (text) {
            case "" -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw unexpected("true or false");
        };
    }

    /** An object whose values are texts; what is null in it counts as not said. */
    Map<String, String> texts() throws IOException {
        Map<String, String> texts = new HashMap<>();
        object((name, json) -> {
            boolean said = !json.isNull();
            String text = json.text();
            if (said) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    private String scalar(String expected) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isScalarValue()) {
            throw unexpected(expected);
        }
        return token == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private IOException unexpected(String expected) throws IOException {
        return new JsonParseException(
                parser, "field '" + parser.currentName() + "' is not readable (expected: " + expected + ")");
    }
}
