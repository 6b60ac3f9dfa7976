// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import java.util.List;
import java.util.Optional;

/**
 * What a program does with a registry. Any thread may call, but not one of the client's own. Without a connection an
 * operation waits for one, as long as the client's timeout allows.
 *
 * <p>Throws {@link RosterException}: what the registry refuses, with its code and field; {@link
 * RosterException.Code#TIMEOUT} without an answer in time; {@link RosterException.Code#RESOURCE_EXHAUSTED} while too many
 * operations wait already.
 */
public interface ServiceRegistry {
    /**
     * Publishes instances of one service: all of them or, if one is refused, none. From the answer on, every list that
     * this registry gives out has them, and the client publishes them again after each reconnect until they are
     * deregistered or it is closed. What it published before under the same ip, port and cluster is replaced.
     */
    void registerInstances(ServiceName service, List<Instance> instances);

    /** {@link #registerInstances(ServiceName, List)} of one. */
    default void registerInstance(ServiceName service, Instance instance) {
        registerInstances(service, List.of(instance));
    }

    /** {@link #registerInstances(ServiceName, List)} in the default group. */
    default void registerInstances(String service, List<Instance> instances) {
        registerInstances(ServiceName.of(service), instances);
    }

    /** {@link #registerInstances(ServiceName, List)} of one, in the default group. */
    default void registerInstance(String service, Instance instance) {
        registerInstance(ServiceName.of(service), instance);
    }

    /** {@link #registerInstances(ServiceName, List)} of {@link Instance#of}, in the default group. */
    default void registerInstance(String service, String ip, int port) {
        registerInstance(ServiceName.of(service), Instance.of(ip, port));
    }

    /**
     * Takes back what this client published under the instance's ip, port and cluster. Returns normally if there is
     * nothing to take back.
     */
    void deregisterInstance(ServiceName service, Instance instance);

    /** {@link #deregisterInstance(ServiceName, Instance)} in the default group. */
    default void deregisterInstance(String service, Instance instance) {
        deregisterInstance(ServiceName.of(service), instance);
    }

    /** {@link #deregisterInstance(ServiceName, Instance)} in the default group and cluster. */
    default void deregisterInstance(String service, String ip, int port) {
        deregisterInstance(ServiceName.of(service), Instance.of(ip, port));
    }

    /**
     * The list of a service. If this client is subscribed to the whole of it ({@link View#ALL}), the answer is the list
     * as last told, at once and also without a connection; else the registry is asked. An unknown service has an empty
     * list.
     */
    InstanceList getAllInstances(ServiceName service);

    /** {@link #getAllInstances(ServiceName)} in the default group. */
    default InstanceList getAllInstances(String service) {
        return getAllInstances(ServiceName.of(service));
    }

    /**
     * The instances of {@link #getAllInstances(ServiceName)} that are healthy, or those that are not, without those of
     * weight 0. While the list {@linkplain InstanceList#isProtected is protected} all of them count as healthy.
     */
    List<Instance> selectInstances(ServiceName service, boolean healthy);

    /** {@link #selectInstances(ServiceName, boolean)} in the default group. */
    default List<Instance> selectInstances(String service, boolean healthy) {
        return selectInstances(ServiceName.of(service), healthy);
    }

    /**
     * The next of the healthy instances of {@link #selectInstances(ServiceName, boolean)}: over time each as often as
     * its weight says, without runs of the same one (smooth weighted round robin). Empty if there is none.
     */
    Optional<Instance> selectOneHealthyInstance(ServiceName service);

    /** {@link #selectOneHealthyInstance(ServiceName)} in the default group. */
    default Optional<Instance> selectOneHealthyInstance(String service) {
        return selectOneHealthyInstance(ServiceName.of(service));
    }

    /**
     * Tells a listener the list of a service, which need not exist yet, and from then on every change, through all
     * reconnects, until it is unsubscribed or the client is closed. The first list may come after this has returned.
     * Repeating it with an equal listener changes nothing.
     */
    void subscribe(ServiceName service, View view, ServiceListener listener);

    /** {@link #subscribe(ServiceName, View, ServiceListener)} to the whole list. */
    default void subscribe(ServiceName service, ServiceListener listener) {
        subscribe(service, View.ALL, listener);
    }

    /** {@link #subscribe(ServiceName, View, ServiceListener)} to the whole list, in the default group. */
    default void subscribe(String service, ServiceListener listener) {
        subscribe(ServiceName.of(service), View.ALL, listener);
    }

    /** Ends a subscription. An event that is under way may still be told. Returns normally if there is none. */
    void unsubscribe(ServiceName service, View view, ServiceListener listener);

    /** {@link #unsubscribe(ServiceName, View, ServiceListener)} from the whole list. */
    default void unsubscribe(ServiceName service, ServiceListener listener) {
        unsubscribe(service, View.ALL, listener);
    }

    /** {@link #unsubscribe(ServiceName, View, ServiceListener)} from the whole list, in the default group. */
    default void unsubscribe(String service, ServiceListener listener) {
        unsubscribe(ServiceName.of(service), View.ALL, listener);
    }

    /** All services of the client's namespace whose name begins with the prefix, sorted; "" means every service. */
    List<ServiceName> getServices(String namePrefix);

    /**
     * One page of {@link #getServices(String)}.
     *
     * @param pageSize 1 to 1,000
     * @param pageToken "" for the first page, then {@link ServicePage#nextPageToken}
     */
    ServicePage getServices(String namePrefix, int pageSize, String pageToken);

    /** The services that this client is subscribed to now, sorted. Does not ask the registry. */
    List<ServiceName> getSubscribedServices();

    /** How this client stands with its registry. Does not ask the registry. */
    ServerStatus serverStatus();
}
