// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.security.Credentials;
import io.roster.server.security.Logins;
import io.roster.server.security.Principal;
import io.roster.server.security.Role;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who makes a request and lets it through to its route, or not. What is asked for is read from the very parameters
 * that the route's call reads. Thread: any.
 */
final class Doorkeeper {

    private static final String TOKEN = "accessToken";

    private final AccessControl access;
    private final FormReader reader;

    Doorkeeper(AccessControl access, FormReader reader) {
        this.access = access;
        this.reader = reader;
    }

    void admit(Exchange exchange, Routes.Match match) {
        if (match.need().isForOperators() && !exchange.isRead()) {
            exchange.whenAnswered(status -> access.operated(
                    exchange.caller(), action(exchange), object(exchange.parameters()), "HTTP " + status));
        }
        exchange.guard(() -> {
            if (access.isOn() && match.need() != Need.NOTHING) {
                identify(exchange, match);
            } else {
                enter(exchange, match, null);
            }
        });
    }

    private void identify(Exchange exchange, Routes.Match match) {
        String token = token(exchange);
        String user = exchange.parameters().find("username");
        Logins logins = access.logins();
        if (token != null) {
            enter(exchange, match, byToken(exchange, token));
        } else if (user != null && logins != null) {
            // Some clients show their password with each request, npm's for one.
            String password = exchange.parameters().text("password", "");
            exchange.answerWhen(
                    logins.verify(user, password, exchange.host()), principal -> enter(exchange, match, principal));
        } else {
            X509Certificate certificate = exchange.certificate();
            enter(exchange, match, certificate == null ? null : access.byCertificate(certificate));
        }
    }

    /** The first of the places where it may be. */
    private static @Nullable String token(Exchange exchange) {
        String token = Credentials.bearer(exchange.header("Authorization"));
        if (token == null) {
            token = exchange.header(TOKEN);
        }
        return token == null ? exchange.parameters().find(TOKEN) : token;
    }

    private Principal byToken(Exchange exchange, String token) {
        try {
            return access.byToken(token);
        } catch (RegistryException refusal) {
            access.unknown(exchange.from(), action(exchange), refusal);
            throw refusal;
        }
    }

    private void enter(Exchange exchange, Routes.Match match, @Nullable Principal principal) {
        Caller caller = access.caller(principal, exchange.from());
        exchange.identified(caller);
        if (access.isOn()) {
            check(exchange, caller, match.need());
        }
        match.call().answer(exchange);
    }

    private void check(Exchange exchange, Caller caller, Need need) {
        Parameters parameters = exchange.parameters();
        String action = action(exchange);
        if (need != Need.NOTHING && caller.principal().equals(Principal.NOBODY)) {
            // Whoever has shown nothing is not told what is wrong with the rest.
            if (need == Need.OPERATE_ALL_BUT_STATUS && parameters.flag("onlyStatus", true)) {
                return;
            }
            access.checkSomewhere(caller, Role.READ, action);
        }
        switch (need) {
            case NOTHING -> {}
            case OPERATE_ALL_BUT_STATUS -> {
                if (!parameters.flag("onlyStatus", true)) {
                    access.checkEverywhere(caller, Role.OPERATE, action);
                }
            }
            case READ_SOMETHING -> access.checkSomewhere(caller, Role.READ, action);
            case READ -> access.check(caller, Role.READ, reader.service(parameters), action);
            case READ_BY_PATH -> access.check(caller, Role.READ, StatusCalls.service(parameters, reader), action);
            case WRITE -> access.check(caller, Role.WRITE, reader.service(parameters), action);
            case OPERATE -> access.check(caller, Role.OPERATE, reader.service(parameters), action);
            case OPERATE_ALL -> access.checkEverywhere(caller, Role.OPERATE, action);
        }
    }

    private static String action(Exchange exchange) {
        return exchange.method() + ' ' + exchange.path();
    }

    /** What an operator turns, for people. */
    private static String object(Parameters parameters) {
        String service = parameters.find("serviceName");
        return service == null
                ? parameters.text("entry", "") + '=' + parameters.text("value", "")
                : parameters.text("namespaceId", ServiceName.DEFAULT_NAMESPACE) + '/' + service;
    }
}
