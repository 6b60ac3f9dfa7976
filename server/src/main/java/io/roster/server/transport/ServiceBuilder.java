// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the methods of a service whose messages are read or written in another way than the generated code does. What
 * reflection shows is still the generated schema. Used by one thread.
 */
public final class ServiceBuilder {

    private final ServiceDescriptor.Builder descriptor;
    private final List<MethodBinding<?, ?>> bindings = new ArrayList<>();

    private record MethodBinding<Q, R>(MethodDescriptor<Q, R> method, ServerCallHandler<Q, R> handler) {
        void addTo(ServerServiceDefinition.Builder definition) {
            definition.addMethod(method, handler);
        }
    }

    public ServiceBuilder(ServiceDescriptor generated) {
        this.descriptor =
                ServiceDescriptor.newBuilder(generated.getName()).setSchemaDescriptor(generated.getSchemaDescriptor());
    }

    public <Q, R> ServiceBuilder add(MethodDescriptor<Q, R> method, ServerCallHandler<Q, R> handler) {
        descriptor.addMethod(method);
        bindings.add(new MethodBinding<>(method, handler));
        return this;
    }

    public ServerServiceDefinition build() {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        bindings.forEach(binding -> binding.addTo(definition));
        return definition.build();
    }
}
