// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

/** A configuration that cannot be used: says the setting, its value and what was expected. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    static ConfigException of(Setting setting, String value, String expected) {
        return new ConfigException(setting.key() + ": " + value + " (expected: " + expected + ")");
    }
}
