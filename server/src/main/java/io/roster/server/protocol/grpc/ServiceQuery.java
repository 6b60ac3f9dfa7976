// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import io.roster.proto.v1.ListServicesRequest;
import io.roster.server.core.Registry;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.List;
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

    /** Names looked at in one go; the listing goes through the sorted names in steps of this. */
    private static final int STEP = 1_000;

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

    static String token(ServiceName name) {
        return name.namespace() + SEPARATOR + name.group() + SEPARATOR + name.name();
    }

    /** The names of one page, sorted. */
    List<ServiceName> page(Registry registry, int size) {
        List<ServiceName> page = new ArrayList<>();
        ServiceName last = after == null && namespace != null ? new ServiceName(namespace, "", "") : after;
        while (page.size() < size) {
            List<ServiceName> step = registry.services(last, STEP);
            for (ServiceName name : step) {
                if (namespace != null && name.namespace().compareTo(namespace) > 0) {
                    return page;
                }
                if (wants(name) && page.size() < size) {
                    page.add(name);
                }
            }
            if (step.size() < STEP) {
                return page;
            }
            last = step.get(STEP - 1);
        }
        return page;
    }

    private boolean wants(ServiceName name) {
        return (namespace == null || name.namespace().equals(namespace))
                && (group.isEmpty() || name.group().equals(group))
                && name.name().startsWith(prefix);
    }
}
