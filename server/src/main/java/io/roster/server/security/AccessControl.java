// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asked at the door of every wire: who is this, and may they. Off, it lets everybody do everything. What it refuses, and what
 * operators do, it notes. Thread: any.
 */
public final class AccessControl implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessControl.class);

    private final AuditLog audit = new AuditLog();
    private final @Nullable UsersFile file;
    private final @Nullable LoginTokens tokens;
    private final @Nullable Logins logins;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Directory directory = new Directory();

    private AccessControl(@Nullable UsersFile file, @Nullable LoginTokens tokens, LongSupplier nowMs) {
        this.file = file;
        this.tokens = tokens;
        this.logins = tokens == null ? null : new Logins(() -> directory, tokens, audit, nowMs);
    }

    /** Lets everybody do everything. */
    public static AccessControl off() {
        return new AccessControl(null, null, () -> 0);
    }

    /**
     * Lets in who is in a file, which is read again when it changes.
     *
     * @param dataDirectory where the key for tokens is kept, or made
     * @param nowMs a monotonic clock
     * @throws IOException if the file or the key cannot be used
     */
    public static AccessControl of(
            Path users, Path dataDirectory, long tokenLifetimeMs, FileWatch watch, LongSupplier nowMs)
            throws IOException {
        FileWatch.Looks before = FileWatch.Looks.of(List.of(users));
        LoginTokens tokens = new LoginTokens(TokenKey.in(dataDirectory), tokenLifetimeMs, System::currentTimeMillis);
        AccessControl access = new AccessControl(new UsersFile(users), tokens, nowMs);
        access.read();
        watch.watch(before, access::read);
        return access;
    }

    private void read() throws UnusableFileException {
        directory = Objects.requireNonNull(file).read();
        log.info("{} users, tokens and certificates are known", directory.size());
        listeners.forEach(Runnable::run);
    }

    /** Has a task run, on any thread, whenever somebody may have been allowed or forbidden something. It must not block. */
    public void whenChanged(Runnable task) {
        listeners.add(task);
    }

    /** Whether callers have to say who they are. */
    public boolean isOn() {
        return tokens != null;
    }

    /** Checks passwords; null where nobody has to log in. */
    public @Nullable Logins logins() {
        return logins;
    }

    /**
     * Whose token this is, a login's or a program's own.
     *
     * @throws RegistryException UNAUTHENTICATED if it is nobody's, or has expired
     */
    public Principal byToken(String token) {
        if (tokens == null) {
            return Principal.ANYBODY;
        }
        Directory known = directory;
        if (!token.startsWith(ApiToken.PREFIX)) {
            return tokens.verify(token, known);
        }
        Principal principal = known.byTokenDigest(new ApiToken(token).sha256());
        if (principal == null) {
            throw LoginTokens.invalid();
        }
        return principal;
    }

    /** Whose certificate this is; null if it is trusted, but nobody's. */
    public @Nullable Principal byCertificate(X509Certificate certificate) {
        return directory.bySubject(certificate.getSubjectX500Principal());
    }

    /**
     * Somebody who asks for something.
     *
     * @param principal null if they have shown nothing
     */
    public Caller caller(@Nullable Principal principal, String from) {
        Principal known = isOn() ? principal : Principal.ANYBODY;
        return new Caller(known == null ? Principal.NOBODY : known, from);
    }

    /** A caller as it is known now: grants may have changed since it came. */
    private Principal now(Caller caller) {
        if (!isOn()) {
            return Principal.ANYBODY;
        }
        Principal known = directory.find(caller.principal().name());
        return known == null ? Principal.NOBODY : known;
    }

    /**
     * Lets a caller do something with a service, or not.
     *
     * @param action what, for people
     * @throws RegistryException PERMISSION_DENIED, or UNAUTHENTICATED if it is not known who they are
     */
    public void check(Caller caller, Role role, ServiceName service, String action) {
        if (!now(caller).may(role, service)) {
            throw refused(caller, role, action, service.toString());
        }
    }

    /** The same for what concerns all services. */
    public void checkEverywhere(Caller caller, Role role, String action) {
        if (!now(caller).mayEverywhere(role)) {
            throw refused(caller, role, action, "the server");
        }
    }

    /** The same for what anybody may who has the role anywhere. */
    public void checkSomewhere(Caller caller, Role role, String action) {
        if (!now(caller).maySomewhere(role)) {
            throw refused(caller, role, action, "any service");
        }
    }

    private RegistryException refused(Caller caller, Role role, String action, String on) {
        boolean isKnown = !now(caller).equals(Principal.NOBODY);
        String reason = isKnown
                ? caller.principal().name() + " may not " + role + " on " + on
                : "it is not known who asks (expected: a token, a login or a certificate)";
        audit.refused(caller.principal().name(), caller.from(), action, on, reason);
        return RegistryException.of(
                isKnown ? RegistryException.Code.PERMISSION_DENIED : RegistryException.Code.UNAUTHENTICATED, reason);
    }

    /** Notes credentials that were nobody's. */
    public void unknown(String from, String action, RegistryException refusal) {
        audit.refused(Principal.NOBODY.name(), from, action, "the server", String.valueOf(refusal.getMessage()));
    }

    /** Which services a caller may see, whenever it is asked. */
    public Predicate<ServiceName> readable(Caller caller) {
        return isOn() ? service -> now(caller).may(Role.READ, service) : service -> true;
    }

    /** Whether a caller may see anything in a namespace. */
    public boolean maySee(Caller caller, String namespace) {
        return now(caller).maySee(namespace);
    }

    /**
     * Notes what an operator did.
     *
     * @param outcome OK, or why not
     */
    public void operated(Caller caller, String action, String on, String outcome) {
        audit.done(caller, action, on, outcome);
    }

    @Override
    public void close() {
        if (logins != null) {
            logins.close();
        }
    }
}
