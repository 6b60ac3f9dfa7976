// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.security.Logins;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** What consoles and deployments ask beside naming: namespaces, readiness, login. Thread: any. */
final class ConsoleCalls {

    /** The token of a server that asks for none; what Nacos answers with authentication off. */
    private static final String TOKEN = "AUTH_DISABLED";

    private static final int TOKEN_TTL_SECONDS = 18_000;
    /** By then there is an attempt again, however many failed. */
    private static final String RETRY_AFTER_SECONDS = "6";

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
        exchange.later(() -> exchange.data(new Namespaces(200, null, namespaces(exchange, ""))));
    }

    /** The same for versions 2 and 3. */
    void namespacesWrapped(Exchange exchange) {
        exchange.later(() -> exchange.data(namespaces(exchange, ServiceName.DEFAULT_NAMESPACE)));
    }

    /** A namespace is there as long as a service is in it. */
    private List<Namespace> namespaces(Exchange exchange, String publicId) {
        List<Namespace> all = new ArrayList<>();
        all.add(new Namespace(publicId, ServiceName.DEFAULT_NAMESPACE, "Default Namespace", QUOTA, 0, GLOBAL));
        for (String namespace : names.namespaces()) {
            if (!namespace.equals(ServiceName.DEFAULT_NAMESPACE)
                    && context.access().maySee(exchange.caller(), namespace)) {
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

    private record Token(String accessToken, long tokenTtl, boolean globalAdmin, String username) {}

    /** Gives a token for a password; where nobody is asked for one, it means nothing. */
    void login(Exchange exchange) {
        Logins logins = context.access().logins();
        String user = exchange.parameters().text("username", "");
        if (logins == null) {
            give(exchange, new Token(TOKEN, TOKEN_TTL_SECONDS, true, user));
            return;
        }
        String password = exchange.parameters().text("password", "");
        var unused = logins.login(user, password, exchange.host())
                .whenComplete((login, failure) -> exchange.later(() -> {
                    if (failure != null) {
                        throw refusal(exchange, failure);
                    }
                    long seconds = TimeUnit.MILLISECONDS.toSeconds(login.lifetimeMs());
                    give(exchange, new Token(login.token(), seconds, login.isOperator(), user));
                }));
    }

    private static void give(Exchange exchange, Token token) {
        exchange.header(HttpHeader.AUTHORIZATION.asString(), "Bearer " + token.accessToken());
        exchange.header(HttpHeader.CACHE_CONTROL.asString(), "no-store");
        exchange.json(200, token);
    }

    private static RuntimeException refusal(Exchange exchange, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RegistryException refusal && refusal.code() == RegistryException.Code.RESOURCE_EXHAUSTED) {
            exchange.header(HttpHeader.RETRY_AFTER.asString(), RETRY_AFTER_SECONDS);
            return Refusal.of(
                    HttpStatus.TOO_MANY_REQUESTS_429, ErrorCode.ACCESS_DENIED, String.valueOf(refusal.getMessage()));
        }
        return cause instanceof RegistryException other ? other : new CompletionException(failure);
    }
}
