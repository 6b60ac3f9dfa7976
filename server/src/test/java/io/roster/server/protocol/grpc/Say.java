// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.ByteString;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.ClientMessage;
import io.roster.proto.v1.Deregister;
import io.roster.proto.v1.Heartbeat;
import io.roster.proto.v1.Hello;
import io.roster.proto.v1.Instance;
import io.roster.proto.v1.InstanceKey;
import io.roster.proto.v1.Query;
import io.roster.proto.v1.Register;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Subscribe;
import io.roster.proto.v1.Unsubscribe;

/** Messages of the native wire in few words. */
final class Say {

    private Say() {}

    static ServiceRef service(String name) {
        return ServiceRef.newBuilder().setName(name).build();
    }

    static Instance.Builder instance(String ip, int port) {
        return Instance.newBuilder().setIp(ip).setPort(port);
    }

    static InstanceKey key(String ip, int port) {
        return InstanceKey.newBuilder().setIp(ip).setPort(port).build();
    }

    static ClientMessage.Builder hello(ClientKind kind) {
        return ClientMessage.newBuilder().setHello(Hello.newBuilder().setClientKind(kind));
    }

    static ClientMessage.Builder hello(long graceMs, ByteString session) {
        return ClientMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setClientKind(ClientKind.CONNECTION)
                        .setGraceMs(graceMs)
                        .setSession(session));
    }

    static ClientMessage.Builder hello(ClientKind kind, ByteString session) {
        return ClientMessage.newBuilder()
                .setHello(Hello.newBuilder().setClientKind(kind).setSession(session));
    }

    static ClientMessage.Builder register(String service, Instance.Builder... instances) {
        Register.Builder register = Register.newBuilder().setService(service(service));
        for (Instance.Builder instance : instances) {
            register.addInstances(instance);
        }
        return ClientMessage.newBuilder().setRegister(register);
    }

    static ClientMessage.Builder deregister(String service, InstanceKey... keys) {
        Deregister.Builder deregister = Deregister.newBuilder().setService(service(service));
        for (InstanceKey key : keys) {
            deregister.addInstances(key);
        }
        return ClientMessage.newBuilder().setDeregister(deregister);
    }

    static ClientMessage.Builder subscribe(String service) {
        return ClientMessage.newBuilder().setSubscribe(Subscribe.newBuilder().setService(service(service)));
    }

    static ClientMessage.Builder unsubscribe(String service) {
        return ClientMessage.newBuilder()
                .setUnsubscribe(Unsubscribe.newBuilder().setService(service(service)));
    }

    static ClientMessage.Builder query(String service) {
        return ClientMessage.newBuilder().setQuery(Query.newBuilder().setService(service(service)));
    }

    static ClientMessage.Builder heartbeat() {
        return ClientMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance());
    }
}
