// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.roster.server.core.RegistryException;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Changes levels of Logback's loggers. Thread: any. */
final class LogbackLevels {

    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private LogbackLevels() {}

    /** See {@link io.roster.server.protocol.grpc.LogLevels#set}. */
    static String set(String logger, String level) {
        if (logger.isEmpty()) {
            throw RegistryException.invalid("logger", logger, "a package, a class or ROOT");
        }
        if (!LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
            throw RegistryException.invalid("level", level, "TRACE, DEBUG, INFO, WARN, ERROR or OFF");
        }
        if (!(LoggerFactory.getLogger(logger) instanceof Logger known)) {
            throw RegistryException.of(
                    RegistryException.Code.FAILED_PRECONDITION, "the program around this server does its own logging");
        }
        String previous = known.getEffectiveLevel().toString();
        known.setLevel(Level.valueOf(level));
        return previous;
    }
}
