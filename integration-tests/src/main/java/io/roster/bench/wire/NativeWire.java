// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Deregister;
import io.roster.proto.v1.Have;
import io.roster.proto.v1.Heartbeat;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.InstanceKey;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Subscribe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Roster's own wire: everything on one Connect stream. */
public final class NativeWire implements Wire {

    private final Security security;

    public NativeWire(Security security) {
        this.security = security;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public int portOffset() {
        return GRPC_OFFSET;
    }

    @Override
    public int depth() {
        return MAX_SLOTS;
    }

    @Override
    public boolean hasSlots() {
        return true;
    }

    @Override
    public boolean hasPushes() {
        return true;
    }

    @Override
    public boolean hasDiffs() {
        return true;
    }

    @Override
    public Link connect(Dialer dialer, LinkListener listener) {
        return new NativeLink(dialer.connection(security), listener).start(security.headers());
    }

    @Override
    public int kindOf(byte[] request) {
        return NativeFrame.kindOf(request);
    }

    @Override
    public byte[] hello(Lifetime lifetime) {
        ClientKind kind = lifetime == Lifetime.CONNECTION ? ClientKind.CONNECTION : ClientKind.IP_PORT;
        return request()
                .setHello(Hello.newBuilder()
                        .setProtocolVersion(1)
                        .setClientKind(kind)
                        .setApp("roster-bench"))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] register(String service, Address instance, String version) {
        return registration(service, List.of(instance), version);
    }

    @Override
    public List<byte[]> registerAll(String service, List<Address> instances, String version) {
        return List.of(registration(service, instances, version));
    }

    private static byte[] registration(String service, List<Address> instances, String version) {
        Register.Builder register = Register.newBuilder().setService(service(service));
        for (Address instance : instances) {
            register.addInstances(Instance.newBuilder()
                    .setIp(instance.ip())
                    .setPort(instance.port())
                    .putMetadata(Listed.VERSION, version));
        }
        return request().setRegister(register).build().toByteArray();
    }

    @Override
    public byte[] deregister(String service, Address instance) {
        return request()
                .setDeregister(Deregister.newBuilder()
                        .setService(service(service))
                        .addInstances(
                                InstanceKey.newBuilder().setIp(instance.ip()).setPort(instance.port())))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] heartbeat(String service, Address instance) {
        return request().setHeartbeat(Heartbeat.getDefaultInstance()).build().toByteArray();
    }

    @Override
    public byte[] subscribe(String service) {
        return request()
                .setSubscribe(Subscribe.newBuilder().setService(service(service)))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] resume(String service, long epoch, long revision) {
        return request()
                .setSubscribe(Subscribe.newBuilder()
                        .setService(service(service))
                        .setHave(Have.newBuilder().setEpoch(epoch).setRevision(revision)))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] query(String service) {
        return request()
                .setQuery(Query.newBuilder().setService(service(service)))
                .build()
                .toByteArray();
    }

    @Override
    public boolean isDone(byte[] reply) {
        return NativeFrame.codeOf(reply) == 1;
    }

    @Override
    public String describe(byte[] reply) {
        return parse(reply).toString();
    }

    @Override
    public long revision(byte[] reply) {
        return parse(reply).getReply().getRevision();
    }

    @Override
    public @Nullable Telling read(byte[] message) {
        return NativeTelling.of(parse(message));
    }

    private static ServerMessage parse(byte[] message) {
        try {
            return ServerMessage.parseFrom(message);
        } catch (InvalidProtocolBufferException failure) {
            throw new IllegalArgumentException("message of " + message.length + " bytes: not readable", failure);
        }
    }

    /** The request id stands first; its byte is set to the slot when the request is sent. */
    private static ClientMessage.Builder request() {
        return ClientMessage.newBuilder().setRequestId(1);
    }

    private static ServiceRef service(String name) {
        return ServiceRef.newBuilder().setName(name).build();
    }
}
