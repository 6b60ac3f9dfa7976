// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What {@link ServiceRegistry} does, without waiting. Each future ends with the answer or with the {@link RosterException}
 * that the blocking form throws, after the client's timeout at the latest, and never on a thread that the client needs:
 * what depends on it may block. Cancelling a future gives up the answer, not the operation.
 */
public interface AsyncServiceRegistry {
    /** See {@link ServiceRegistry#registerInstances(ServiceName, List)}. */
    CompletableFuture<Void> registerInstancesAsync(ServiceName service, List<Instance> instances);

    /** See {@link ServiceRegistry#registerInstance(ServiceName, Instance)}. */
    default CompletableFuture<Void> registerInstanceAsync(ServiceName service, Instance instance) {
        return registerInstancesAsync(service, List.of(instance));
    }

    /** See {@link ServiceRegistry#registerInstance(ServiceName, Instance)}. */
    default CompletableFuture<Void> registerInstanceAsync(String service, Instance instance) {
        return registerInstanceAsync(ServiceName.of(service), instance);
    }

    /** See {@link ServiceRegistry#registerInstance(ServiceName, Instance)}. */
    default CompletableFuture<Void> registerInstanceAsync(String service, String ip, int port) {
        return registerInstanceAsync(ServiceName.of(service), Instance.of(ip, port));
    }

    /** See {@link ServiceRegistry#deregisterInstance(ServiceName, Instance)}. */
    CompletableFuture<Void> deregisterInstanceAsync(ServiceName service, Instance instance);

    /** See {@link ServiceRegistry#deregisterInstance(ServiceName, Instance)}. */
    default CompletableFuture<Void> deregisterInstanceAsync(String service, String ip, int port) {
        return deregisterInstanceAsync(ServiceName.of(service), Instance.of(ip, port));
    }

    /** See {@link ServiceRegistry#getAllInstances(ServiceName)}. */
    CompletableFuture<InstanceList> getAllInstancesAsync(ServiceName service);

    /** See {@link ServiceRegistry#getAllInstances(ServiceName)}. */
    default CompletableFuture<InstanceList> getAllInstancesAsync(String service) {
        return getAllInstancesAsync(ServiceName.of(service));
    }

    /** See {@link ServiceRegistry#selectInstances(ServiceName, boolean)}. */
    CompletableFuture<List<Instance>> selectInstancesAsync(ServiceName service, boolean healthy);

    /** See {@link ServiceRegistry#selectInstances(ServiceName, boolean)}. */
    default CompletableFuture<List<Instance>> selectInstancesAsync(String service, boolean healthy) {
        return selectInstancesAsync(ServiceName.of(service), healthy);
    }

    /** See {@link ServiceRegistry#selectOneHealthyInstance(ServiceName)}. */
    CompletableFuture<Optional<Instance>> selectOneHealthyInstanceAsync(ServiceName service);

    /** See {@link ServiceRegistry#selectOneHealthyInstance(ServiceName)}. */
    default CompletableFuture<Optional<Instance>> selectOneHealthyInstanceAsync(String service) {
        return selectOneHealthyInstanceAsync(ServiceName.of(service));
    }

    /** See {@link ServiceRegistry#subscribe(ServiceName, View, ServiceListener)}. */
    CompletableFuture<Void> subscribeAsync(ServiceName service, View view, ServiceListener listener);

    /** See {@link ServiceRegistry#subscribe(ServiceName, View, ServiceListener)}. */
    default CompletableFuture<Void> subscribeAsync(String service, ServiceListener listener) {
        return subscribeAsync(ServiceName.of(service), View.ALL, listener);
    }

    /** See {@link ServiceRegistry#unsubscribe(ServiceName, View, ServiceListener)}. */
    CompletableFuture<Void> unsubscribeAsync(ServiceName service, View view, ServiceListener listener);

    /** See {@link ServiceRegistry#unsubscribe(ServiceName, View, ServiceListener)}. */
    default CompletableFuture<Void> unsubscribeAsync(String service, ServiceListener listener) {
        return unsubscribeAsync(ServiceName.of(service), View.ALL, listener);
    }

    /** See {@link ServiceRegistry#getServices(String)}. */
    CompletableFuture<List<ServiceName>> getServicesAsync(String namePrefix);

    /** See {@link ServiceRegistry#getServices(String, int, String)}. */
    CompletableFuture<ServicePage> getServicesAsync(String namePrefix, int pageSize, String pageToken);
}
