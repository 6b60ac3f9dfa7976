// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.Registry;
import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks for services by name, in order. Takes time with many services: not for the thread that selects. */
final class ServiceNames {

    /** Names fetched in one go. */
    private static final int STEP = 1_000;

    /** Namespaces that a listing shows; nobody reads more. */
    private static final int MAX_NAMESPACES = 1_000;

    private final Registry registry;

    ServiceNames(Registry registry) {
        this.registry = registry;
    }

    /** The services of a namespace that are wanted. */
    List<ServiceName> in(String namespace, Predicate<ServiceName> wanted) {
        List<ServiceName> found = new ArrayList<>();
        ServiceName last = new ServiceName(namespace, "", "");
        while (true) {
            List<ServiceName> step = registry.services(last, STEP);
            for (ServiceName name : step) {
                if (!name.namespace().equals(namespace)) {
                    return found;
                }
                if (wanted.test(name)) {
                    found.add(name);
                }
            }
            if (step.size() < STEP) {
                return found;
            }
            last = step.get(STEP - 1);
        }
    }

    /** The namespaces in which there is a service. */
    List<String> namespaces() {
        List<String> found = new ArrayList<>();
        List<ServiceName> next = registry.services(null, 1);
        while (!next.isEmpty() && found.size() < MAX_NAMESPACES) {
            String namespace = next.get(0).namespace();
            found.add(namespace);
            next = registry.services(new ServiceName(namespace + '\0', "", ""), 1);
        }
        return found;
    }

    /** Whether a text contains what is looked for, in which {@code *} stands for anything; null wants everything. */
    static Predicate<String> like(@Nullable String pattern) {
        if (pattern == null) {
            return text -> true;
        }
        if (pattern.indexOf('*') < 0) {
            return text -> text.contains(pattern);
        }
        StringBuilder parts = new StringBuilder();
        for (String part : pattern.split("\\*+", -1)) {
            parts.append(parts.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(parts.toString()).asMatchPredicate();
    }
}
