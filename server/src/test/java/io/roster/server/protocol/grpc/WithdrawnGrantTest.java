// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import static io.roster.server.protocol.grpc.Say.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.WatchRequest;
import io.roster.server.security.ApiToken;
import io.roster.server.security.TestAccess;
import io.roster.server.security.UsersText;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The users file changes while streams hear what it allowed. */
class WithdrawnGrantTest {

    private final ApiToken ann = ApiToken.random();
    private final ApiToken bob = ApiToken.random();
    private final ApiToken publisher = ApiToken.random();
    private final TestAccess access;
    private final Wire wire;
    private final TestStream provider;

    WithdrawnGrantTest(@TempDir Path folder) throws IOException {
        access = new TestAccess(folder, others().token(ann, "ann", "read *"));
        wire = Wire.secured(access.control());
        provider = wire.greets(publisher);
    }

    @AfterEach
    void close() {
        wire.close();
        access.close();
        assertThat(wire.house().fanouts().subscriptions()).isZero();
        assertThat(wire.house().clients().count()).isZero();
    }

    private UsersText others() {
        return new UsersText().token(bob, "bob", "read *").token(publisher, "publisher", "write *");
    }

    private void becomes(UsersText users) throws IOException {
        access.becomes(users);
        wire.house().settle();
    }

    private void annMayReadOnlyStock() throws IOException {
        becomes(others().token(ann, "ann", "read public stock"));
    }

    @Test
    void aStreamEndsOnceItsCallerMayNotReadOneOfTheServicesThatItHears() throws IOException {
        TestStream stream = hears(ann, "orders", "stock");
        annMayReadOnlyStock();
        assertThat(end(stream.end())).isEqualTo("PERMISSION_DENIED: ann may not READ on public/DEFAULT_GROUP/orders");
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    @Test
    void aWatchDoesToo() throws IOException {
        Heard<ServerMessage> watch = watches(ann, "orders");
        annMayReadOnlyStock();
        assertThat(end(watch.end())).isEqualTo("PERMISSION_DENIED: ann may not READ on public/DEFAULT_GROUP/orders");
        assertThat(wire.house().fanouts().subscriptions()).isZero();
    }

    @Test
    void streamsThatHearOnlyWhatIsStillAllowedGoOn() throws IOException {
        TestStream stock = hears(ann, "stock");
        TestStream noMore = hears(ann, "orders", "stock");
        noMore.does(Say.unsubscribe("orders"));
        TestStream elses = hears(bob, "orders");
        Heard<ServerMessage> watch = watches(ann, "stock");
        Heard<ServerMessage> elsesWatch = watches(bob, "orders");
        TestStream ends = hears(ann, "orders");
        annMayReadOnlyStock();
        assertThat(ends.end()).isNotNull();
        publishes("orders", "stock");
        isTold(stock, 2);
        isTold(noMore, 3);
        isTold(elses, 2);
        assertThat(watch.messages()).hasSize(2);
        assertThat(elsesWatch.messages()).hasSize(2);
        assertThat(ends.told()).hasSize(1);
    }

    @Test
    void whoIsNotInTheFileAnyMoreHearsNothing() throws IOException {
        TestStream stream = hears(ann, "orders");
        Heard<ServerMessage> watch = watches(ann, "orders");
        TestStream elses = hears(bob, "orders");
        becomes(others());
        assertThat(end(stream.end())).startsWith("UNAUTHENTICATED: it is not known who asks");
        assertThat(end(watch.end())).startsWith("UNAUTHENTICATED: it is not known who asks");
        publishes("orders");
        isTold(elses, 2);
    }

    @Test
    void aGrantThatCoversAsMuchInOtherWordsEndsNothing() throws IOException {
        TestStream stream = hears(ann, "orders");
        becomes(others().token(ann, "ann", "read elsewhere", "write public ord"));
        publishes("orders");
        isTold(stream, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"tokens\":[{\"name\":\"ann\"}]}", "{\"admins\":[]}"})
    void aFileThatCannotBeUsedChangesNothing(String text) throws IOException {
        TestStream stream = hears(ann, "orders");
        Heard<ServerMessage> watch = watches(ann, "orders");
        access.becomes(text);
        wire.house().settle();
        publishes("orders");
        isTold(stream, 2);
        assertThat(watch.messages()).hasSize(2);
        assertThat(watch.end()).isNull();
    }

    private TestStream hears(ApiToken token, String... services) {
        TestStream stream = wire.greets(token);
        for (String service : services) {
            stream.does(Say.subscribe(service));
        }
        return stream;
    }

    private Heard<ServerMessage> watches(ApiToken token, String service) {
        return wire.watches(
                token,
                WatchRequest.newBuilder().setService(Say.service(service)).build());
    }

    private void publishes(String... services) {
        for (String service : services) {
            provider.does(Say.register(service, instance("10.0.0.1", 80)));
        }
    }

    /** The stream goes on, and was told so often in all. */
    private static void isTold(TestStream stream, int messages) {
        stream.goesOn();
        assertThat(stream.told()).hasSize(messages);
    }

    private static String end(@Nullable Status status) {
        return status == null ? "it goes on" : status.getCode() + ": " + status.getDescription();
    }
}
