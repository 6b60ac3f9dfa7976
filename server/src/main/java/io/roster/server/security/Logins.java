// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import io.roster.server.core.RegistryException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords, on a thread of its own: a check takes tens of milliseconds on purpose. Some clients show their password
 * with each request, and many programs of one user start at once: what was right a minute ago is not checked again. Thread:
 * any.
 */
public final class Logins implements AutoCloseable {

    /** How many checks may wait: some seconds of them. */
    private static final int QUEUE = 100;

    private static final int FAILURES_OF_USER = 5;
    private static final int FAILURES_OF_ADDRESS = 20;
    private static final int REFILL_MS = 6_000;
    private static final int ADDRESSES = 10_000;
    private static final int REMEMBERED = 1_000;
    private static final long REMEMBERED_MS = 60_000;

    private final Supplier<Directory> directory;
    private final LoginTokens tokens;
    private final AuditLog audit;
    private final LongSupplier nowMs;
    private final LoginLimiter byUser;
    private final LoginLimiter byAddress;
    private final String salt;
    private final Map<String, Proof> proofs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Proof> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                Thread daemon = new Thread(task, "roster-login");
                daemon.setDaemon(true);
                return daemon;
            });

    /** That a password was right: for this hash, until then. */
    private record Proof(String hash, long untilMs) {}

    /**
     * @param nowMs a monotonic clock
     */
    Logins(Supplier<Directory> directory, LoginTokens tokens, AuditLog audit, LongSupplier nowMs) {
        this.directory = directory;
        this.tokens = tokens;
        this.audit = audit;
        this.nowMs = nowMs;
        this.byUser = new LoginLimiter(FAILURES_OF_USER, REFILL_MS, ADDRESSES, nowMs);
        this.byAddress = new LoginLimiter(FAILURES_OF_ADDRESS, REFILL_MS, ADDRESSES, nowMs);
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.salt = HexFormat.of().formatHex(random);
    }

    /**
     * What a login gives.
     *
     * @param token to be shown with each call, secret
     */
    public record Login(String token, long lifetimeMs, Principal principal) {

        /** Whether its owner may do everything. */
        public boolean isOperator() {
            return principal.mayEverywhere(Role.OPERATE);
        }

        @Override
        public String toString() {
            return "a login of " + principal.name();
        }
    }

    /**
     * Logs a user in.
     *
     * @param host from where, without a port
     * @return fails with a RegistryException: UNAUTHENTICATED, or RESOURCE_EXHAUSTED if there were too many attempts
     */
    public CompletableFuture<Login> login(String user, String password, String host) {
        return check(user, password, host)
                .thenApply(known -> new Login(tokens.issue(known), tokens.lifetimeMs(), known.principal()));
    }

    /** The same for who shows the password instead of a token. */
    public CompletableFuture<Principal> verify(String user, String password, String host) {
        return check(user, password, host).thenApply(User::principal);
    }

    private CompletableFuture<User> check(String name, String password, String host) {
        CompletableFuture<User> answer = new CompletableFuture<>();
        User user = directory.get().user(name);
        String proof = Sha256.of(salt + '\0' + name + '\0' + password);
        if (user != null && isProved(proof, user)) {
            answer.complete(user);
            return answer;
        }
        String pair = host + ' ' + name;
        long waitMs = Math.max(byAddress.waitMs(host), byUser.waitMs(pair));
        if (waitMs > 0) {
            refuse(answer, name, host, tooMany("too many failed logins", waitMs));
            return answer;
        }
        try {
            thread.execute(() -> {
                try {
                    compare(answer, user, name, password, host, proof);
                } catch (RuntimeException failure) {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException full) {
            refuse(answer, name, host, tooMany("too many logins at once", 1_000));
        }
        return answer;
    }

    private void compare(
            CompletableFuture<User> answer,
            @Nullable User user,
            String name,
            String password,
            String host,
            String proof) {
        if (user == null) {
            Passwords.matchNobodys(password);
        } else if (Passwords.match(password, user.hash())) {
            remember(proof, user);
            answer.complete(user);
            return;
        }
        byAddress.failed(host);
        byUser.failed(host + ' ' + name);
        refuse(
                answer,
                name,
                host,
                RegistryException.of(RegistryException.Code.UNAUTHENTICATED, "unknown user or wrong password"));
    }

    private static RegistryException tooMany(String what, long waitMs) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(waitMs + 999);
        return RegistryException.of(
                RegistryException.Code.RESOURCE_EXHAUSTED, what + "; try again in " + seconds + " s");
    }

    private void refuse(CompletableFuture<User> answer, String name, String host, RegistryException refusal) {
        audit.refused(name, host, "login", "server", String.valueOf(refusal.getMessage()));
        answer.completeExceptionally(refusal);
    }

    private boolean isProved(String proof, User user) {
        synchronized (proofs) {
            Proof found = proofs.get(proof);
            return found != null && found.hash().equals(user.hash()) && nowMs.getAsLong() < found.untilMs();
        }
    }

    private void remember(String proof, User user) {
        synchronized (proofs) {
            proofs.put(proof, new Proof(user.hash(), nowMs.getAsLong() + REMEMBERED_MS));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
