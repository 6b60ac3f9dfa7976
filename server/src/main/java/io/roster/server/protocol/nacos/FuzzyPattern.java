// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.nacos;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Which services a fuzzy watch means: those of one namespace whose group and name match. A part is exact, {@code *},
 * {@code begins*}, {@code *ends} or {@code *holds*}.
 */
record FuzzyPattern(String namespace, String group, String service) {

    private static final String SEPARATOR = ">>";
    private static final String KEY_SEPARATOR = "@@";
    private static final int MAX_LENGTH = 1_024;

    /** Reads {@code namespace>>group>>service}. */
    static FuzzyPattern of(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty() || text.length() > MAX_LENGTH) {
            throw RegistryException.invalid("groupKeyPattern", text, "namespace>>group>>service");
        }
        return new FuzzyPattern(parts[0].isEmpty() ? ServiceName.DEFAULT_NAMESPACE : parts[0], parts[1], parts[2]);
    }

    /** The only group it can mean, or null. */
    @Nullable
    String onlyGroup() {
        return group.indexOf('*') < 0 ? group : null;
    }

    boolean matches(ServiceName name) {
        return namespace.equals(name.namespace()) && matches(group, name.group()) && matches(service, name.name());
    }

    private static boolean matches(String part, String text) {
        boolean begins = part.endsWith("*");
        boolean ends = part.startsWith("*");
        if (part.equals("*")) {
            return true;
        } else if (begins && ends) {
            return text.contains(part.substring(1, part.length() - 1));
        } else if (begins) {
            return text.startsWith(part.substring(0, part.length() - 1));
        }
        return ends ? text.endsWith(part.substring(1)) : text.equals(part);
    }

    /** A service as fuzzy watches name it: {@code namespace@@group@@service}. */
    static String key(ServiceName name) {
        return name.namespace() + KEY_SEPARATOR + name.group() + KEY_SEPARATOR + name.name();
    }

    /** The service of a key; null if it is no key. */
    static @Nullable ServiceName name(String key) {
        String[] parts = key.split(KEY_SEPARATOR, -1);
        return parts.length == 3 ? new ServiceName(parts[0], parts[1], parts[2]) : null;
    }

    @Override
    public String toString() {
        return namespace + SEPARATOR + group + SEPARATOR + service;
    }
}
