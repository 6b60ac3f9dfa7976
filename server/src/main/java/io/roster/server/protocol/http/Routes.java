// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * Which call answers which method and path. Filled before it is used and not changed afterwards; thread: any.
 */
final class Routes {

    /** The parameter that holds what follows the prefix of an {@link Group#under} route. */
    static final String REST = "key";

    private final Map<String, Map<String, Match>> exact = new HashMap<>();
    private final Map<String, Match> prefixes = new LinkedHashMap<>();
    private final List<String> oddlyRefusing = new ArrayList<>();

    /**
     * What was found for a request; there is always something.
     *
     * @param rest what follows the prefix, or null if the path matched exactly
     */
    record Match(
            Dialect dialect, Need need, Call call, @Nullable String rest) {}

    /** Routes of one version below one path. */
    final class Group {

        private final String base;
        private final Dialect dialect;
        private final Call first;

        private Group(String base, Dialect dialect, Call first) {
            this.base = base;
            this.dialect = dialect;
            this.first = first;
        }

        Group get(String path, Need need, Call call) {
            return on("GET", path, need, call);
        }

        Group post(String path, Need need, Call call) {
            return on("POST", path, need, call);
        }

        Group put(String path, Need need, Call call) {
            return on("PUT", path, need, call);
        }

        Group patch(String path, Need need, Call call) {
            return on("PATCH", path, need, call);
        }

        Group delete(String path, Need need, Call call) {
            return on("DELETE", path, need, call);
        }

        /** Any path that begins so; what follows is the parameter {@link #REST}. */
        Group under(String prefix, Need need, Call call) {
            prefixes.put("GET " + base + prefix, match(need, call));
            return this;
        }

        private Group on(String method, String path, Need need, Call call) {
            exact.computeIfAbsent(base + path, key -> new HashMap<>()).put(method, match(need, call));
            return this;
        }

        private Match match(Need need, Call call) {
            return new Match(
                    dialect,
                    need,
                    exchange -> {
                        first.answer(exchange);
                        call.answer(exchange);
                    },
                    null);
        }
    }

    Group group(String base, Dialect dialect) {
        return group(base, dialect, exchange -> {});
    }

    /**
     * A group of routes.
     *
     * @param first called before the call of each of them; may refuse
     */
    Group group(String base, Dialect dialect, Call first) {
        return new Group(base, dialect, first);
    }

    /** Below this path Nacos answers what it does not know with 501, and says which method it does not know. */
    void refuseOddly(String base) {
        oddlyRefusing.add(base + '/');
    }

    /** What answers a request. */
    Match find(String asked, String path) {
        String method = "HEAD".equals(asked) ? "GET" : asked;
        Map<String, Match> methods = exact.get(path);
        Match match = methods == null ? null : methods.get(method);
        if (match != null) {
            return match;
        }
        for (Map.Entry<String, Match> entry : prefixes.entrySet()) {
            String prefix = entry.getKey();
            if ((method + ' ' + path).startsWith(prefix)) {
                String rest = URIUtil.decodePath(path.substring(prefix.length() - method.length() - 1));
                return new Match(
                        entry.getValue().dialect(),
                        entry.getValue().need(),
                        entry.getValue().call(),
                        rest);
            }
        }
        return nowhere(method, path, methods);
    }

    private Match nowhere(String method, String path, @Nullable Map<String, Match> methods) {
        if (oddlyRefusing.stream().anyMatch(path::startsWith)) {
            String text = "no such api:" + method + ':' + path;
            return nowhere(exchange -> exchange.text(HttpStatus.NOT_IMPLEMENTED_501, text));
        }
        int status = methods == null ? HttpStatus.NOT_FOUND_404 : HttpStatus.METHOD_NOT_ALLOWED_405;
        String message = methods == null
                ? "nothing is served here"
                : "not with " + method + " (expected: " + String.join(", ", new TreeSet<>(methods.keySet())) + ")";
        return nowhere(exchange -> exchange.json(status, PlainError.of(status, message, path)));
    }

    /** What is not here is no more strangers' business than what is. */
    private static Match nowhere(Call call) {
        return new Match(Dialect.PLAIN, Need.READ_SOMETHING, call, null);
    }

    /** Each route as its method and path, in order; those that go on end with a star. */
    Map<String, Need> all() {
        Map<String, Need> all = new TreeMap<>();
        exact.forEach(
                (path, methods) -> methods.forEach((method, match) -> all.put(method + ' ' + path, match.need())));
        prefixes.forEach((prefix, match) -> all.put(prefix + '*', match.need()));
        return all;
    }
}
