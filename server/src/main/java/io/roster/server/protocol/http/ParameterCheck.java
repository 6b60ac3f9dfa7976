// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Limits;
import java.util.function.IntPredicate;

/**
 * The rules for names on this wire and the words in which a breach is refused (spec 3.8). They are narrower than the
 * registry's own: Nacos allows no Chinese, Japanese or Korean characters in names. Stateless.
 */
final class ParameterCheck {

    /** Host names and addresses; the registry has the same bound. */
    private static final int MAX_IP_LENGTH = 128;

    private final Limits limits;

    ParameterCheck(Limits limits) {
        this.limits = limits;
    }

    void namespace(String namespace) {
        check("namespaceId/tenant", namespace, limits.namespaceLength(), c -> isWord(c) || c == '-');
    }

    void group(String group) {
        check("groupName", group, limits.groupLength(), c -> isWord(c) || c == '-' || c == ':' || c == '.');
    }

    void service(String name) {
        check("serviceName", name, limits.nameLength(), ParameterCheck::isVisible);
        if (name.startsWith("@") || name.contains("@@")) {
            throw illegalCharacters("serviceName");
        }
    }

    void cluster(String cluster) {
        check("cluster", cluster, limits.clusterLength(), c -> isWord(c) || c == '-');
    }

    void ip(String ip) {
        check("ip", ip, MAX_IP_LENGTH, ParameterCheck::isVisible);
    }

    private static void check(String parameter, String value, int most, IntPredicate allowed) {
        if (value.length() > most) {
            throw Refusal.illegal(parameter, "the param length should not exceed " + most + '.');
        }
        if (!value.chars().allMatch(allowed)) {
            throw illegalCharacters(parameter);
        }
    }

    private static Refusal illegalCharacters(String parameter) {
        return Refusal.illegal(parameter, "illegal characters should not appear in the param.");
    }

    private static boolean isWord(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '_';
    }

    private static boolean isVisible(int c) {
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && !Character.isIdeographic(c)
                && !Character.isSurrogate((char) c);
    }
}
