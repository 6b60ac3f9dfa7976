// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.ServiceName;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** What consoles and deployments ask beside naming: namespaces, readiness, login. Thread: any. */
final class ConsoleCalls {

    /** The token of a server that asks for none; what Nacos answers with authentication off. */
    private static final String TOKEN = "AUTH_DISABLED";

    private static final int TOKEN_TTL_SECONDS = 18_000;
    private static final int GLOBAL = 0;
    private static final int CUSTOM = 2;
    private static final int QUOTA = 200;

    private final HttpContext context;
    private final ServiceNames names;

    ConsoleCalls(HttpContext context) {
        this.context = context;
        this.names = new ServiceNames(context.registry());
    }

    private record Namespace(
            String namespace,
            String namespaceShowName,
            @Nullable String namespaceDesc,
            int quota,
            int configCount,
            int type) {}

    /** Version 1 wraps it too, in its own way. */
    private record Namespaces(int code, @Nullable String message, List<Namespace> data) {}

    void namespaces(Exchange exchange) {
        exchange.later(() -> exchange.data(new Namespaces(200, null, namespaces(""))));
    }

    /** The same for versions 2 and 3. */
    void namespacesWrapped(Exchange exchange) {
        exchange.later(() -> exchange.data(namespaces(ServiceName.DEFAULT_NAMESPACE)));
    }

    /** A namespace is there as long as a service is in it. */
    private List<Namespace> namespaces(String publicId) {
        List<Namespace> all = new ArrayList<>();
        all.add(new Namespace(publicId, ServiceName.DEFAULT_NAMESPACE, "Default Namespace", QUOTA, 0, GLOBAL));
        for (String namespace : names.namespaces()) {
            if (!namespace.equals(ServiceName.DEFAULT_NAMESPACE)) {
                all.add(new Namespace(namespace, namespace, null, QUOTA, 0, CUSTOM));
            }
        }
        return all;
    }

    void live(Exchange exchange) {
        exchange.data(exchange.dialect() == Dialect.WRAPPED ? "ok" : "OK");
    }

    void ready(Exchange exchange) {
        if (!context.ready().getAsBoolean()) {
            throw Refusal.of(500, ErrorCode.SERVER, "the server is stopping");
        }
        live(exchange);
    }

    private record Token(String accessToken, int tokenTtl, boolean globalAdmin, String username) {}

    /** Lets everybody in, whatever they say: there is no authentication yet. */
    void login(Exchange exchange) {
        exchange.header(HttpHeader.AUTHORIZATION.asString(), "Bearer " + TOKEN);
        String user = exchange.parameters().text("username", "");
        exchange.json(200, new Token(TOKEN, TOKEN_TTL_SECONDS, true, user));
    }
}
