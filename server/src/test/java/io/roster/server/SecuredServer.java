// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.roster.proto.v1.ListServicesRequest;
import io.roster.proto.v1.RegistryGrpc;
import io.roster.proto.v1.ServiceRef;
import io.roster.server.fixture.Bearer;
import io.roster.server.security.ApiToken;
import io.roster.server.security.UsersText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real server that asks who its callers are, with a token for each kind of them, and a connection to it. */
final class SecuredServer implements AutoCloseable {

    /** public/orders, which is what tests ask about. */
    static final ServiceRef ORDERS = service("orders");

    /** It looks at the users file every 2 s. */
    private static final long PATIENCE_S = 15;

    /** May do everything, but elsewhere. */
    final ApiToken stranger = ApiToken.random();

    final ApiToken reader = ApiToken.random();
    final ApiToken writer = ApiToken.random();

    /** May do everything with the services whose names begin with shop. */
    final ApiToken partly = ApiToken.random();

    final ApiToken operator = ApiToken.random();

    private final Path folder;
    private final RosterServer server;
    private final ManagedChannel channel;

    /** There is a user alice, too, who may do everything; her password is {@code secret}. */
    SecuredServer(Path folder) throws IOException {
        this.folder = folder;
        Path users = new UsersText()
                .user("alice", "operate *")
                .token(stranger, "stranger", "operate elsewhere")
                .token(reader, "reader", "read *")
                .token(writer, "writer", "write *")
                .token(partly, "partly", "operate public shop")
                .token(operator, "operator", "operate *")
                .in(folder.resolve("users.json"));
        server = RosterServer.builder()
                .port(0)
                .set(Setting.SHUTDOWN_GRACE, 0)
                .set(Setting.SETTLING, 0)
                .set(Setting.USERS, users)
                .set(Setting.DATA_DIR, folder.resolve("data"))
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                .usePlaintext()
                .build();
    }

    static ServiceRef service(String name) {
        return ServiceRef.newBuilder().setNamespace("public").setName(name).build();
    }

    /** Its connection, without credentials. */
    Channel channel() {
        return channel;
    }

    Channel as(ApiToken token) {
        return Bearer.of(token, channel);
    }

    /** Whoever shows this as their authorization. */
    Channel bearing(String authorization) {
        return Bearer.showing(authorization, channel);
    }

    /** Every gRPC method that it has. */
    List<ServerMethodDefinition<?, ?>> methods() {
        return server.grpcServices().stream()
                .<ServerMethodDefinition<?, ?>>flatMap(service -> service.getMethods().stream())
                .toList();
    }

    /** Puts another users file in the place of the one before; returns when the server lets in who is in it. */
    void goesBy(UsersText users) throws IOException {
        ApiToken witness = ApiToken.random();
        Path next = users.token(witness, "witness", "read *").in(folder.resolve("users.next"));
        Files.move(
                next,
                folder.resolve("users.json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        eventually(() -> letsIn(witness));
    }

    private boolean letsIn(ApiToken token) {
        try {
            ClientCalls.blockingUnaryCall(
                    as(token),
                    RegistryGrpc.getListServicesMethod(),
                    CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                    ListServicesRequest.getDefaultInstance());
            return true;
        } catch (StatusRuntimeException refusal) {
            if (refusal.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
                return false;
            }
            throw refusal;
        }
    }

    /** Waits until something is so. */
    static void eventually(BooleanSupplier claim) {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!claim.getAsBoolean()) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("still not so after " + PATIENCE_S + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
    }
}
