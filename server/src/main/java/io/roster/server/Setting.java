// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

/**
 * Everything that can be configured: an option {@code --name}, an environment variable {@code ROSTER_NAME} and a key
 * {@code name} of the configuration file, in this order of precedence. Units are the last part of the name.
 */
public enum Setting {
    BIND("bind", "127.0.0.1", "ADDRESS", "Address to listen on."),
    PORT("port", "8848", "PORT", "Main port. 0: any free one."),
    GRPC_PORT("grpc-port", "", "PORT", "gRPC port. Default: main port + 1000, or any free one if that is 0."),
    LOOPS("loops", "0", "COUNT", "Event loops. 0: one for every two processors."),
    SHUTDOWN_GRACE("shutdown-grace", "5000", "MS", "How long a stop waits for what is under way."),
    SETTLING("settling", "10000", "MS", "How long after its start, at most, whoever is missing may only be late."),
    MAX_GRACE("max-grace", "60000", "MS", "How long a client may outlive a stream that broke, at most. 0: not at all."),
    DATA_DIR(
            "data-dir",
            "",
            "FOLDER",
            "Where the server keeps what outlives it. With users roster-data, if nothing else is said."),
    WARM_START("warm-start", "false", "BOOLEAN", "Whether the state is kept in data-dir and comes back on probation."),
    HEALTH_CHECK("health-check", "true", "BOOLEAN", "Whether instances that live by heartbeats are judged."),
    SWEEP_PERIOD("sweep-period", "5000", "MS", "From one round of health checks to the next."),
    HEARTBEAT_INTERVAL("heartbeat-interval", "5000", "MS", "How often clients should beat."),
    HEARTBEAT_TIMEOUT("heartbeat-timeout", "15000", "MS", "Silence after which an instance is unhealthy."),
    DELETE_TIMEOUT("delete-timeout", "30000", "MS", "Silence after which an instance is removed."),
    MASS_LOSS_SHARE(
            "mass-loss-share", "0.5", "SHARE", "Share of a service that may be lost at once. 1: guard nothing."),
    MASS_LOSS_MIN_INSTANCES("mass-loss-min-instances", "10", "COUNT", "Smaller services are not guarded."),
    MASS_LOSS_WINDOW("mass-loss-window", "60000", "MS", "How long too many losses are held at most."),
    MAX_NAMESPACE_LENGTH("max-namespace-length", "64", "CHARACTERS", "Longest namespace."),
    MAX_GROUP_LENGTH("max-group-length", "128", "CHARACTERS", "Longest group."),
    MAX_NAME_LENGTH("max-name-length", "512", "CHARACTERS", "Longest service name."),
    MAX_CLUSTER_LENGTH("max-cluster-length", "64", "CHARACTERS", "Longest cluster name."),
    MAX_METADATA_LENGTH("max-metadata-length", "1024", "CHARACTERS", "Longest metadata of an instance, in all."),
    INSTANCES_PER_CLIENT("instances-per-client", "10000", "COUNT", "Instances that one client may publish."),
    SUBSCRIPTIONS_PER_CLIENT("subscriptions-per-client", "10000", "COUNT", "Lists that one stream may hear."),
    MAX_CONNECTIONS(
            "max-connections",
            "0",
            "COUNT",
            "Connections of the gRPC port in all. 0: seven tenths of the files that the process may open."),
    CONNECTIONS_PER_ADDRESS(
            "connections-per-address",
            "0",
            "COUNT",
            "Connections of either port that one address may hold. 0: half of what the port takes in."),
    STREAMS_PER_ADDRESS("streams-per-address", "10000", "COUNT", "Streams that one address may hold."),
    MAX_STREAMS("max-streams", "1000000", "COUNT", "Streams in all."),
    MAX_CONNECTS_PER_SECOND(
            "max-connects-per-second", "2000", "COUNT", "Streams that may begin a second; five times as many at once."),
    MAX_CLIENTS("max-clients", "2000000", "COUNT", "Clients in all."),
    MAX_SERVICES("max-services", "1000000", "COUNT", "Services in all."),
    MAX_INSTANCES("max-instances", "5000000", "COUNT", "Instances in all."),
    MAX_OVERRIDES("max-overrides", "10000", "COUNT", "Operators' overrides that each event loop holds."),
    STALLED_READER_LIMIT(
            "stalled-reader-limit", "300000", "MS", "How long a stream may leave unread what it is told. 0: for ever."),
    MAX_MESSAGE_BYTES("max-message-bytes", "4194304", "BYTES", "Longest message of a client."),
    MAX_UNFINISHED_BYTES(
            "max-unfinished-bytes",
            "0",
            "BYTES",
            "What each port keeps of messages that are not whole yet. 0: a quarter of the heap."),
    MAX_WAITING_COMMANDS("max-waiting-commands", "100000", "COUNT", "Commands that may wait before each event loop."),
    CONTEXT_PATH("context-path", "/nacos", "PATH", "Where the Nacos HTTP APIs begin on the main port."),
    HTTP_IDLE_TIMEOUT("http-idle-timeout", "60000", "MS", "Silence after which an HTTP connection is closed."),
    MAX_HTTP_CONNECTIONS(
            "max-http-connections",
            "10000",
            "COUNT",
            "HTTP connections in all, at most two tenths of the files that the process may open."),
    MAX_HTTP_HEADER_BYTES("max-http-header-bytes", "16384", "BYTES", "Longest head of an HTTP request."),
    MAX_HTTP_BODY_BYTES("max-http-body-bytes", "1048576", "BYTES", "Longest body of an HTTP request."),
    MAX_UDP_SUBSCRIBERS("max-udp-subscribers", "10000", "COUNT", "Lists that are told by UDP, as Nacos 1.x does."),
    TLS_CERT(
            "tls-cert",
            "",
            "FILE",
            "The server's certificate chain, PEM. Given: both ports speak TLS and nothing else."),
    TLS_KEY("tls-key", "", "FILE", "The private key of the certificate, PEM (PKCS #8, unencrypted)."),
    TLS_CLIENT_CA("tls-client-ca", "", "FILE", "The authorities whose client certificates are trusted, PEM."),
    TLS_CLIENT_AUTH(
            "tls-client-auth",
            "",
            "WHETHER",
            "Whether clients show a certificate: none, optional or required. Default: required with a tls-client-ca."),
    USERS("users", "", "FILE", "Who may do what, JSON. Given: everybody must say who they are."),
    INSECURE("insecure", "false", "BOOLEAN", "Lets a server that others can reach serve everybody, whoever they are."),
    TOKEN_LIFETIME("token-lifetime", "1800000", "MS", "How long the token of a login is good for."),
    LOG_LEVEL("log-level", "INFO", "LEVEL", "TRACE, DEBUG, INFO, WARN, ERROR or OFF.");

    private final String key;
    private final String otherwise;
    private final String label;
    private final String description;

    Setting(String key, String otherwise, String label, String description) {
        this.key = key;
        this.otherwise = otherwise;
        this.label = label;
        this.description = description;
    }

    /** The key of the configuration file. */
    public String key() {
        return key;
    }

    /** The value if nobody says otherwise. */
    public String otherwise() {
        return otherwise;
    }

    /** What kind of value it takes, for the help text. */
    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    /** The environment variable. */
    public String variable() {
        return "ROSTER_" + name();
    }
}
