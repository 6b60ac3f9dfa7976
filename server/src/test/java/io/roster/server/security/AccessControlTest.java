// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let do what, by what they show and what the users file says. */
class AccessControlTest {

    private static final ServiceName ORDERS = new ServiceName("public", "DEFAULT_GROUP", "orders");
    private static final ServiceName STAGING = new ServiceName("staging", "DEFAULT_GROUP", "orders");
    private static final String HOST = "10.0.0.1";

    @TempDir
    Path folder;

    private final FileWatch watch = new FileWatch();
    private long nowMs = 1_000_000;
    private final UsersText users = new UsersText();
    private long lifetimeMs = 60_000;

    @AfterEach
    void close() {
        watch.close();
    }

    private AccessControl open() throws IOException {
        return AccessControl.of(
                users.in(folder.resolve("users.json")), folder.resolve("data"), lifetimeMs, watch, () -> nowMs);
    }

    @Test
    void offItLetsEverybodyDoEverything() {
        AccessControl access = AccessControl.off();
        Caller anybody = access.caller(null, HOST);
        access.check(anybody, Role.OPERATE, ORDERS, "test");
        access.checkEverywhere(anybody, Role.OPERATE, "test");
        assertThat(access.readable(anybody).test(ORDERS)).isTrue();
        assertThat(access.logins()).isNull();
    }

    @Test
    void whoHasShownNothingMayDoNothing() throws IOException {
        AccessControl access = open();
        Caller nobody = access.caller(null, HOST);
        for (Role role : Role.values()) {
            refused(RegistryException.Code.UNAUTHENTICATED, () -> access.check(nobody, role, ORDERS, "test"));
            refused(RegistryException.Code.UNAUTHENTICATED, () -> access.checkSomewhere(nobody, role, "test"));
            refused(RegistryException.Code.UNAUTHENTICATED, () -> access.checkEverywhere(nobody, role, "test"));
        }
        assertThat(access.readable(nobody).test(ORDERS)).isFalse();
        assertThat(access.maySee(nobody, "public")).isFalse();
    }

    @Test
    void aGrantReachesAsFarAsItsNamespaceItsPrefixAndItsRole() throws IOException {
        ApiToken token = ApiToken.random();
        users.token(token, "shop", "write public ord", "read staging");
        AccessControl access = open();
        Caller shop = access.caller(access.byToken(token.secret()), HOST);
        access.check(shop, Role.WRITE, ORDERS, "test");
        access.check(shop, Role.READ, ORDERS, "test");
        access.check(shop, Role.READ, STAGING, "test");
        access.checkSomewhere(shop, Role.WRITE, "test");
        refused(RegistryException.Code.PERMISSION_DENIED, () -> access.check(shop, Role.OPERATE, ORDERS, "test"));
        refused(RegistryException.Code.PERMISSION_DENIED, () -> access.check(shop, Role.WRITE, STAGING, "test"));
        refused(
                RegistryException.Code.PERMISSION_DENIED,
                () -> access.check(shop, Role.READ, new ServiceName("public", "ord", "stock"), "test"));
        refused(RegistryException.Code.PERMISSION_DENIED, () -> access.checkEverywhere(shop, Role.READ, "test"));
        assertThat(access.maySee(shop, "staging")).isTrue();
        assertThat(access.maySee(shop, "secret")).isFalse();
    }

    @Test
    void aLoginGivesATokenForAsLongAsItSays() throws Exception {
        users.user("alice", "operate *");
        lifetimeMs = 2_000;
        AccessControl access = open();
        Logins.Login login = login(access, "alice", "secret");
        assertThat(login.lifetimeMs()).isEqualTo(2_000);
        assertThat(login.isOperator()).isTrue();
        assertThat(login.toString()).doesNotContain(login.token());
        assertThat(access.byToken(login.token()).name()).isEqualTo("alice");
    }

    @Test
    void tokensThatAreForeignAlteredOrTruncatedAreNobodys() throws Exception {
        users.user("alice", "operate *").token(ApiToken.random(), "ci", "read *");
        AccessControl access = open();
        String token = login(access, "alice", "secret").token();
        LoginTokens foreign = new LoginTokens(new byte[32], 60_000, System::currentTimeMillis);
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
        String none = "eyJhbGciOiJub25lIn0" + unsigned.substring(unsigned.indexOf('.'));
        for (String wrong : List.of(
                "",
                ".",
                "..",
                token.substring(0, token.length() - 1),
                token.substring(1),
                token + "A",
                unsigned,
                none,
                foreign.issue(new User(new Principal("alice", List.of()), UsersText.SECRET)),
                "x".repeat(100_000),
                ApiToken.random().secret(),
                ApiToken.PREFIX)) {
            refused(RegistryException.Code.UNAUTHENTICATED, () -> access.byToken(wrong));
        }
        assertThat(access.byToken(token).name()).isEqualTo("alice");
    }

    @Test
    void aTokenEndsWithItsUserAndWithItsPassword() throws Exception {
        users.user("alice", "operate *").user("bob", "read *");
        AccessControl access = open();
        String alices = login(access, "alice", "secret").token();
        String bobs = login(access, "bob", "secret").token();
        assertThat(access.byToken(alices).name()).isEqualTo("alice");
        assertThat(access.byToken(bobs).name()).isEqualTo("bob");
        new UsersText().user("bob", Passwords.hash("other"), List.of("read *")).in(folder.resolve("users.json"));
        FileLooking.at(watch);
        refused(RegistryException.Code.UNAUTHENTICATED, () -> access.byToken(alices));
        refused(RegistryException.Code.UNAUTHENTICATED, () -> access.byToken(bobs));
        assertThat(login(access, "bob", "other").principal().name()).isEqualTo("bob");
    }

    @Test
    void grantsThatAreTakenAwayAreMissedAtOnceByThoseWhoAreHere() throws IOException {
        ApiToken token = ApiToken.random();
        users.token(token, "shop", "write *");
        AccessControl access = open();
        Caller shop = access.caller(access.byToken(token.secret()), HOST);
        access.check(shop, Role.WRITE, ORDERS, "test");
        new UsersText().token(token, "shop", "read *").in(folder.resolve("users.json"));
        FileLooking.at(watch);
        refused(RegistryException.Code.PERMISSION_DENIED, () -> access.check(shop, Role.WRITE, ORDERS, "test"));
        access.check(shop, Role.READ, ORDERS, "test");
        new UsersText().in(folder.resolve("users.json"));
        FileLooking.at(watch);
        refused(RegistryException.Code.UNAUTHENTICATED, () -> access.check(shop, Role.READ, ORDERS, "test"));
    }

    @Test
    void aBrokenFileKeepsTheOneBefore() throws IOException {
        ApiToken token = ApiToken.random();
        users.token(token, "shop", "write *");
        AccessControl access = open();
        Files.writeString(folder.resolve("users.json"), "{\"users\":[{\"name\":\"x\"}]}");
        FileLooking.at(watch);
        assertThat(access.byToken(token.secret()).name()).isEqualTo("shop");
        Files.delete(folder.resolve("users.json"));
        FileLooking.at(watch);
        assertThat(access.byToken(token.secret()).name()).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{\"admins\":[]}",
                "{\"users\":[null]}",
                "{\"users\":[{\"name\":\"a\",\"password\":\"hunter2hunter2\"}]}",
                "{\"users\":[{\"name\":\"a\",\"password\":[\"hunter2hunter2\"]}]}",
                "{\"tokens\":[{\"name\":\"a\",\"sha256\":\"hunter2hunter2\"}]}",
                "{\"tokens\":[{\"sha256\":\"00\"}]}",
                "{\"certificates\":[{\"name\":\"a\",\"subject\":\"hunter2hunter2\"}]}",
                "{\"users\":[],\"users\":[]}",
                "[[[[[[[[[[[[[[[[[[[["
            })
    void aFileThatCannotBeUsedIsRefusedInOneLineThatQuotesNoSecret(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.json"), text);
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> new UsersFile(file).read())
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .startsWith("users: " + file)
                        .contains("(expected: ")
                        .doesNotContain("hunter2", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin public", "Read public", " public", "read ", "write"})
    void anUnknownRoleOrAGrantForNoNamespaceIsRefused(String grant) {
        String whole = grant.contains(" ") ? grant : grant + " ";
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(
                        () -> new UsersFile(new UsersText().user("alice", whole).in(folder.resolve("bad.json"))).read())
                .withMessageContaining("alice");
    }

    @Test
    void aNameIsSomebodysOnlyOnce() {
        Path file = new UsersText()
                .user("alice", "read *")
                .token(ApiToken.random(), "alice", "operate *")
                .in(folder.resolve("bad.json"));
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> new UsersFile(file).read())
                .withMessageContaining("alice twice");
    }

    @Test
    void theKeyIsMadeByChanceAndForItsOwnerOnly() throws IOException {
        Path data = folder.resolve("deep/data");
        byte[] first = TokenKey.in(data);
        assertThat(first).hasSize(32);
        assertThat(TokenKey.in(data)).as("the second start").isEqualTo(first);
        assertThat(TokenKey.in(folder.resolve("other"))).isNotEqualTo(first);
        Path file = data.resolve("token.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "AAAA");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> TokenKey.in(data))
                .withMessageContaining("token.key holds no key");
    }

    @Test
    void wrongPasswordsAndUnknownUsersAreToldAlikeAndSlowedDown() throws Exception {
        users.user("alice", "read *");
        AccessControl access = open();
        String wrong = message(access, "alice", "wrong", HOST);
        assertThat(message(access, "nobody-here", "secret", HOST)).isEqualTo(wrong);
        for (int i = 0; i < 4; i++) {
            assertThat(message(access, "alice", "wrong", HOST)).isEqualTo(wrong);
        }
        assertThat(message(access, "alice", "secret", HOST)).contains("too many failed logins", "try again in 6 s");
        assertThat(login(access, "alice", "secret", "10.0.0.2").principal().name())
                .as("from elsewhere")
                .isEqualTo("alice");
        nowMs += 6_000;
        assertThat(login(access, "alice", "secret", "10.0.0.2").principal().name())
                .isEqualTo("alice");
    }

    @Test
    void anAddressThatTriesManyUsersIsSlowedDownToo() throws Exception {
        AccessControl access = open();
        for (int i = 0; i < 20; i++) {
            assertThat(message(access, "user-" + i, "wrong", HOST)).contains("unknown user or wrong password");
        }
        assertThat(message(access, "user-20", "wrong", HOST)).contains("too many failed logins");
    }

    @Test
    void theMemoryOfFailuresIsBounded() {
        LoginLimiter limiter = new LoginLimiter(2, 1_000, 100, () -> nowMs);
        for (int i = 0; i < 10_000; i++) {
            limiter.failed("address-" + i);
        }
        assertThat(limiter.size()).isEqualTo(100);
    }

    @Test
    void failuresAreForgivenOneByOne() {
        LoginLimiter limiter = new LoginLimiter(2, 1_000, 100, () -> nowMs);
        limiter.failed("a");
        limiter.failed("a");
        assertThat(limiter.waitMs("a")).isEqualTo(1_000);
        nowMs += 400;
        assertThat(limiter.waitMs("a")).isEqualTo(600);
        nowMs += 600;
        assertThat(limiter.waitMs("a")).isZero();
        limiter.failed("a");
        assertThat(limiter.waitMs("a")).isEqualTo(1_000);
        nowMs += 100_000;
        limiter.failed("a");
        assertThat(limiter.waitMs("a")).isZero();
    }

    private static Logins.Login login(AccessControl access, String user, String password) throws Exception {
        return login(access, user, password, HOST);
    }

    private static Logins.Login login(AccessControl access, String user, String password, String host)
            throws Exception {
        return Objects.requireNonNull(access.logins())
                .login(user, password, host)
                .get(10, TimeUnit.SECONDS);
    }

    private static String message(AccessControl access, String user, String password, String host) {
        CompletableFuture<Logins.Login> login =
                Objects.requireNonNull(access.logins()).login(user, password, host);
        try {
            return "let in as " + login.join().principal().name();
        } catch (CompletionException refusal) {
            return String.valueOf(refusal.getCause());
        }
    }

    private static void refused(RegistryException.Code code, Runnable step) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(step::run)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
