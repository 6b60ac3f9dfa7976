// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, by name. A blank value counts as not said, as in Nacos. Immutable.
 *
 * @param values decoded
 */
record Parameters(Map<String, String> values) {

    static final Parameters NONE = new Parameters(Map.of());

    Parameters with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Parameters(more);
    }

    /** A value without the blanks around it, or null. */
    @Nullable
    String find(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    boolean has(String name) {
        return find(name) != null;
    }

    String text(String name, String otherwise) {
        String value = find(name);
        return value == null ? otherwise : value;
    }

    /**
     * A value that must be there.
     *
     * @throws Refusal if it is not
     */
    String required(String name) {
        String value = find(name);
        if (value == null) {
            throw Refusal.missing(name);
        }
        return value;
    }

    /** The first of two names that is said. */
    boolean flag(String name, String alias, boolean otherwise) {
        return has(name) ? flag(name, otherwise) : flag(alias, otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        String value = find(name);
        if (value == null) {
            return otherwise;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw Refusal.illegal(name, "the value should be true or false.");
        };
    }

    /** A whole number within bounds. */
    int number(String name, int otherwise, int least, int most) {
        String value = find(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of bounds.
        }
        throw Refusal.illegal(name, "the value should be between " + least + " and " + most + '.');
    }
}
