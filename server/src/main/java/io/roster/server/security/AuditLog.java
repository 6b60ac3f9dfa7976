// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who was refused what, and what operators did: one line each, under a name of its own, so that it can be kept apart.
 * Nothing secret is in it. Thread: any.
 */
public final class AuditLog {

    private static final Logger log = LoggerFactory.getLogger("io.roster.audit");

    private static final int LONGEST = 256;

    AuditLog() {}

    void refused(String who, String from, String action, String on, String reason) {
        log.warn("REFUSED who={} from={} action={} on={}: {}", shown(who), from, action, shown(on), reason);
    }

    void done(Caller caller, String action, String on, String outcome) {
        log.info(
                "OPERATED who={} from={} action={} on={}: {}",
                caller.principal().name(),
                caller.from(),
                action,
                shown(on),
                shown(outcome));
    }

    /** Text from outside cannot begin a line of its own, nor fill the log. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(point -> shown.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return shown.toString();
    }
}
