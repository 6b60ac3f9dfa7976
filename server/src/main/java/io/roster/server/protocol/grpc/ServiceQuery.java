// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ListServicesRequest;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which services a listing wants, and where its page begins.
 *
 * @param namespace the namespace, or null for all
 * @param group the group, or empty for all
 * @param prefix how the names begin
 * @param after the last name of the page before, or null
 */
record ServiceQuery(
        @Nullable String namespace,
        String group,
        String prefix,
        @Nullable ServiceName after) {

    /** Names taken from the registry at once, and how often in one call: a few milliseconds of an event loop. */
    private static final int STEP = 1_000;

    private static final int MAX_STEPS = 20;

    private static final char SEPARATOR = '/';

    static ServiceQuery of(ListServicesRequest request, NativeDecoder decoder) {
        String namespace = "*".equals(request.getNamespace())
                ? null
                : decoder.limits().service(request.getNamespace(), "", "any").namespace();
        String group = request.getGroup().isEmpty()
                ? ""
                : decoder.limits().service("", request.getGroup(), "any").group();
        return new ServiceQuery(namespace, group, request.getNamePrefix(), name(request.getPageToken()));
    }

    /** The name that a page token stands for; null for none. */
    static @Nullable ServiceName name(String token) {
        if (token.isEmpty()) {
            return null;
        }
        int first = token.indexOf(SEPARATOR);
        int second = token.indexOf(SEPARATOR, first + 1);
        if (first < 0 || second < 0) {
            throw RegistryException.invalid("page_token", token, "the next_page_token of the page before");
        }
        return new ServiceName(
                token.substring(0, first), token.substring(first + 1, second), token.substring(second + 1));
    }

    private static String token(ServiceName name) {
        return name.namespace() + SEPARATOR + name.group() + SEPARATOR + name.name();
    }

    /**
     * The names of one page.
     *
     * @param names sorted
     * @param nextToken where the next page begins, or empty after the last
     */
    record Page(List<ServiceName> names, String nextToken) {}

    /**
     * One page; it may be short although more follow, because only so many names are looked at in one call.
     *
     * @param visible which names may be shown
     */
    Page page(Registry registry, int size, Predicate<ServiceName> visible) {
        List<ServiceName> page = new ArrayList<>();
        ServiceName last = after == null && namespace != null ? new ServiceName(namespace, "", "") : after;
        for (int step = 0; step < MAX_STEPS; step++) {
            List<ServiceName> names = registry.services(last, STEP);
            for (ServiceName name : names) {
                if (namespace != null && name.namespace().compareTo(namespace) > 0) {
                    return new Page(page, "");
                }
                if (wants(name) && visible.test(name)) {
                    page.add(name);
                }
                if (page.size() == size) {
                    return new Page(page, token(name));
                }
                last = name;
            }
            if (names.size() < STEP) {
                return new Page(page, "");
            }
        }
        return new Page(page, last == null ? "" : token(last));
    }

    private boolean wants(ServiceName name) {
        return (namespace == null || name.namespace().equals(namespace))
                && (group.isEmpty() || name.group().equals(group))
                && name.name().startsWith(prefix);
    }
}
