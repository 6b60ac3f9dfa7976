// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

import io.roster.client.RosterException.Code;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.Hello;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this program publishes in a registry and watches there. It survives a broken connection and a restart of the
 * registry: it connects again, publishes again what is published, and meanwhile serves the lists that it knows, marked
 * stale. One client is enough for a program. Any thread may use it.
 *
 * <pre>{@code
 * try (RosterClient client = RosterClient.connect("127.0.0.1:9848")) {
 *     client.registerInstance("orders", "10.0.0.7", 8080);
 *     client.subscribe("payments", event -> System.out.println("payments: " + event.instances()));
 *     client.selectOneHealthyInstance("payments").ifPresent(payments -> {
 *         System.out.println("calling " + payments.ip() + ":" + payments.port());
 *     });
 *     serveUntilStopped();
 * }
 * }</pre>
 */
public final class RosterClient implements ServiceRegistry, AsyncServiceRegistry, Closeable {
    private static final Logger log = LoggerFactory.getLogger(RosterClient.class);

    /** Past an operation's own timeout, which is kept by the loop: only a loop that hangs lets it pass. */
    private static final long GRACE_MS = 1_000;

    private final ClientSettings settings;
    private final Loop loop;
    private final Runnable stopLoop;
    private final @Nullable ExecutorService ownExecutor;
    private final Calls calls;
    private final Publications publications;
    private final Subscriptions subscriptions;
    private final Lookups lookups;
    private final Connector connector;
    private final Balancers balancers = new Balancers();

    RosterClient(ClientSettings settings, Loop loop, Channels channels, RandomGenerator random, Runnable stopLoop) {
        this.settings = settings;
        this.loop = loop;
        this.stopLoop = stopLoop;
        ownExecutor = settings.listenerExecutor() == null ? listenerThread() : null;
        String namespace = settings.namespace();
        connector = new Connector(loop, channels, settings.servers(), random, hello(settings), settings.identity());
        calls = new Calls(loop, settings.timeoutMs(), connector::status);
        Intents intents = new Intents();
        boolean livesByHeartbeats = settings.lifetime() == ClientSettings.Lifetime.HEARTBEATS;
        Leftovers leftovers = new Leftovers(intents, livesByHeartbeats);
        publications = new Publications(calls, intents, leftovers);
        Restorer restorer = new Restorer(loop, intents, leftovers, random);
        Executor listeners = ownExecutor == null ? Objects.requireNonNull(settings.listenerExecutor()) : ownExecutor;
        Backoff backoff = new Backoff(ClientSettings.RECONNECT_FIRST_MS, ClientSettings.RESTORE_MAX_MS, random);
        subscriptions = new Subscriptions(loop, calls, listeners, backoff, namespace);
        lookups = new Lookups(calls, settings.timeoutMs(), namespace);
        // What is published comes first: others wait for it. Before it, what must no longer be.
        List<SessionUser> users = new ArrayList<>(List.of(leftovers, restorer, subscriptions, calls));
        if (livesByHeartbeats) {
            users.add(new Heartbeats(loop, intents, restorer, namespace));
        }
        loop.execute(() -> connector.start(users));
    }

    /** Begins to put a client together. */
    public static RosterClientBuilder builder() {
        return new RosterClientBuilder();
    }

    /** A client with all the defaults. Begins to connect, and does not wait for it. */
    public static RosterClient connect(String server) {
        return builder().servers(server).build();
    }

    @Override
    public void registerInstances(ServiceName service, List<Instance> instances) {
        await(publications.register(whole(service), instances));
    }

    @Override
    public CompletableFuture<Void> registerInstancesAsync(ServiceName service, List<Instance> instances) {
        return handOff(publications.register(whole(service), instances));
    }

    @Override
    public void deregisterInstance(ServiceName service, Instance instance) {
        await(publications.deregister(whole(service), instance.key()));
    }

    @Override
    public CompletableFuture<Void> deregisterInstanceAsync(ServiceName service, Instance instance) {
        return handOff(publications.deregister(whole(service), instance.key()));
    }

    @Override
    public InstanceList getAllInstances(ServiceName service) {
        return await(list(service));
    }

    @Override
    public CompletableFuture<InstanceList> getAllInstancesAsync(ServiceName service) {
        return handOff(list(service));
    }

    @Override
    public List<Instance> selectInstances(ServiceName service, boolean healthy) {
        return await(list(service)).select(healthy);
    }

    @Override
    public CompletableFuture<List<Instance>> selectInstancesAsync(ServiceName service, boolean healthy) {
        return handOff(list(service).thenApply(list -> list.select(healthy)));
    }

    @Override
    public Optional<Instance> selectOneHealthyInstance(ServiceName service) {
        return balancers.next(whole(service), await(list(service)));
    }

    @Override
    public CompletableFuture<Optional<Instance>> selectOneHealthyInstanceAsync(ServiceName service) {
        return handOff(list(service).thenApply(list -> balancers.next(whole(service), list)));
    }

    @Override
    public void subscribe(ServiceName service, View view, ServiceListener listener) {
        await(subscriptions.subscribe(new SubscriptionKey(whole(service), view), listener));
    }

    @Override
    public CompletableFuture<Void> subscribeAsync(ServiceName service, View view, ServiceListener listener) {
        return handOff(subscriptions.subscribe(new SubscriptionKey(whole(service), view), listener));
    }

    @Override
    public void unsubscribe(ServiceName service, View view, ServiceListener listener) {
        await(subscriptions.unsubscribe(new SubscriptionKey(whole(service), view), listener));
    }

    @Override
    public CompletableFuture<Void> unsubscribeAsync(ServiceName service, View view, ServiceListener listener) {
        return handOff(subscriptions.unsubscribe(new SubscriptionKey(whole(service), view), listener));
    }

    @Override
    public List<ServiceName> getServices(String namePrefix) {
        return await(lookups.all(namePrefix));
    }

    @Override
    public CompletableFuture<List<ServiceName>> getServicesAsync(String namePrefix) {
        return handOff(lookups.all(namePrefix));
    }

    @Override
    public ServicePage getServices(String namePrefix, int pageSize, String pageToken) {
        return await(lookups.page(namePrefix, pageSize, pageToken));
    }

    @Override
    public CompletableFuture<ServicePage> getServicesAsync(String namePrefix, int pageSize, String pageToken) {
        return handOff(lookups.page(namePrefix, pageSize, pageToken));
    }

    @Override
    public List<ServiceName> getSubscribedServices() {
        return subscriptions.services();
    }

    @Override
    public ServerStatus serverStatus() {
        return connector.status();
    }

    /**
     * Leaves the registry: what this client publishes by its connection is gone at once (without a connection at this
     * moment: when its grace is over), what it publishes by heartbeats stays until they are missed. What still waits fails with {@link RosterException.Code#CLOSED}. Returns when the registry
     * has said goodbye, after a second at the latest. No effect the second time.
     */
    @Override
    public void close() {
        try {
            leave().get(ClientSettings.LEAVE_TIMEOUT_MS + GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the client could not leave in good order", e);
        }
        stopLoop.run();
        if (ownExecutor != null) {
            ownExecutor.shutdown();
        }
    }

    CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        boolean isRunning = loop.execute(() -> {
            calls.close();
            subscriptions.close();
            var unused = connector.close().thenRun(() -> left.complete(null));
        });
        return isRunning ? left : CompletableFuture.allOf();
    }

    private CompletableFuture<InstanceList> list(ServiceName service) {
        InstanceList known = subscriptions.list(whole(service));
        return known == null ? lookups.list(whole(service)) : CompletableFuture.completedFuture(known);
    }

    private ServiceName whole(ServiceName service) {
        return service.within(settings.namespace());
    }

    private <T> T await(CompletableFuture<T> answer) {
        assert !loop.inLoop();
        try {
            return answer.get(settings.timeoutMs() + GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RosterException(Code.INTERRUPTED, "interrupted while waiting for the registry", null, e);
        } catch (TimeoutException e) {
            throw new RosterException(Code.TIMEOUT, "the client itself does not answer", null, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RosterException failure
                    ? failure.seenHere()
                    : new RosterException(Code.INTERNAL, String.valueOf(e.getCause()), null, e);
        }
    }

    /** The same answer, on a thread that the client does not need. */
    private static <T> CompletableFuture<T> handOff(CompletableFuture<T> answer) {
        CompletableFuture<T> copy = new CompletableFuture<>();
        var unused = answer.whenCompleteAsync((value, failure) -> {
            if (failure == null) {
                copy.complete(value);
            } else {
                copy.completeExceptionally(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        });
        return copy;
    }

    private static Hello hello(ClientSettings settings) {
        String version = RosterClient.class.getPackage().getImplementationVersion();
        return Hello.newBuilder()
                .setProtocolVersion(1)
                .setClientKind(
                        settings.lifetime() == ClientSettings.Lifetime.CONNECTION
                                ? ClientKind.CONNECTION
                                : ClientKind.IP_PORT)
                .setNamespace(settings.namespace())
                .setApp(settings.app())
                .setSdkName("roster-java")
                .setSdkVersion(version == null ? "" : version)
                .putAllLabels(settings.labels())
                .setGraceMs(settings.graceMs())
                .build();
    }

    private static ExecutorService listenerThread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "roster-listeners");
            thread.setDaemon(true);
            return thread;
        });
    }
}
