// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import io.roster.server.core.BeatLimits;
import io.roster.server.core.Limits;
import io.roster.server.core.LossLimits;
import io.roster.server.protocol.http.HttpLimits;
import io.roster.server.security.tls.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a server: one value for each {@link Setting}, checked when it is made. Immutable.
 */
public final class ServerConfig {

    private static final Pattern CONTEXT_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private static final Pattern SHARE = Pattern.compile("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?");

    private final Map<Setting, String> values;
    private final Limits limits;

    private ServerConfig(Map<Setting, String> values) {
        this.values = values;
        number(Setting.PORT, 0, 65_535);
        if (!text(Setting.GRPC_PORT).isEmpty()) {
            number(Setting.GRPC_PORT, 0, 65_535);
        } else if (port() > 64_535) {
            throw ConfigException.of(Setting.PORT, text(Setting.PORT), "at most 64535, or a grpc-port of its own");
        }
        number(Setting.LOOPS, 0, 1_024);
        number(Setting.SHUTDOWN_GRACE, 0, 600_000);
        number(Setting.SETTLING, 0, 3_600_000);
        number(Setting.MAX_GRACE, 0, 3_600_000);
        number(Setting.SWEEP_PERIOD, 10, 3_600_000);
        number(Setting.STALLED_READER_LIMIT, 0, 86_400_000);
        number(Setting.MAX_MESSAGE_BYTES, 1_024, 64 << 20);
        isHealthChecked();
        flag(Setting.INSECURE);
        number(Setting.TOKEN_LIFETIME, 1_000, 30L * 24 * 3_600_000);
        if (isWarmStart() && text(Setting.DATA_DIR).isEmpty()) {
            throw ConfigException.of(Setting.WARM_START, "true", "false, or a data-dir");
        }
        contextPath();
        httpLimits();
        intake(Integer.MAX_VALUE, Long.MAX_VALUE);
        count(Setting.MAX_UDP_SUBSCRIBERS);
        this.limits = new Limits(
                count(Setting.MAX_NAMESPACE_LENGTH),
                count(Setting.MAX_GROUP_LENGTH),
                count(Setting.MAX_NAME_LENGTH),
                count(Setting.MAX_CLUSTER_LENGTH),
                count(Setting.MAX_METADATA_LENGTH),
                count(Setting.INSTANCES_PER_CLIENT),
                count(Setting.SUBSCRIPTIONS_PER_CLIENT),
                count(Setting.MAX_SERVICES),
                count(Setting.MAX_INSTANCES),
                count(Setting.MAX_OVERRIDES),
                new LossLimits(
                        share(Setting.MASS_LOSS_SHARE),
                        count(Setting.MASS_LOSS_MIN_INSTANCES),
                        number(Setting.MASS_LOSS_WINDOW, 1, 86_400_000)),
                new BeatLimits(
                        number(Setting.HEARTBEAT_INTERVAL, 1, Integer.MAX_VALUE),
                        number(Setting.HEARTBEAT_TIMEOUT, 1, Integer.MAX_VALUE),
                        number(Setting.DELETE_TIMEOUT, 1, Integer.MAX_VALUE),
                        true));
        clientAuth();
        count(Setting.STREAMS_PER_ADDRESS);
        count(Setting.MAX_STREAMS);
        count(Setting.MAX_CONNECTS_PER_SECOND);
        count(Setting.MAX_CLIENTS);
        count(Setting.MAX_WAITING_COMMANDS);
    }

    /** All defaults. */
    public static ServerConfig defaults() {
        return of(Map.of());
    }

    /**
     * Some values said, the others by default.
     *
     * @throws ConfigException if a value cannot be used
     */
    public static ServerConfig of(Map<Setting, String> said) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, said.getOrDefault(setting, setting.otherwise()).trim());
        }
        return new ServerConfig(values);
    }

    /** This configuration with one value changed. */
    public ServerConfig with(Setting setting, Object value) {
        Map<Setting, String> changed = new EnumMap<>(values);
        changed.put(setting, String.valueOf(value));
        return of(changed);
    }

    /** The values in force by the names of their options, for people. */
    public Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((setting, value) -> shown.put(setting.key(), value));
        return shown;
    }

    public String bind() {
        return text(Setting.BIND);
    }

    public int port() {
        return (int) number(Setting.PORT, 0, 65_535);
    }

    /** The gRPC port to bind: 0 for any free one. */
    public int grpcPort() {
        if (text(Setting.GRPC_PORT).isEmpty()) {
            return port() == 0 ? 0 : port() + 1_000;
        }
        return (int) number(Setting.GRPC_PORT, 0, 65_535);
    }

    int loops() {
        int loops = (int) number(Setting.LOOPS, 0, 1_024);
        return loops > 0 ? loops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** The limits of the registry. */
    public Limits limits() {
        return limits;
    }

    boolean isHealthChecked() {
        return flag(Setting.HEALTH_CHECK);
    }

    boolean isWarmStart() {
        return flag(Setting.WARM_START);
    }

    private boolean flag(Setting setting) {
        String value = text(setting);
        if (!"true".equals(value) && !"false".equals(value)) {
            throw ConfigException.of(setting, value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    /**
     * Who may do what; null if everybody may do everything.
     *
     * @throws ConfigException if others can reach the server, and nobody has said that this is meant
     */
    @Nullable
    Path users() {
        boolean asks = !text(Setting.USERS).isEmpty();
        boolean insecure = flag(Setting.INSECURE);
        if (asks && insecure) {
            throw ConfigException.of(Setting.INSECURE, "true", "not together with users");
        }
        if (!asks && !insecure && !isLoopback()) {
            throw ConfigException.of(
                    Setting.BIND,
                    bind(),
                    "a loopback address, or --users FILE to ask others who they are, or --insecure to let everybody do"
                            + " everything");
        }
        return asks ? path(Setting.USERS) : null;
    }

    boolean isLoopback() {
        try {
            for (InetAddress address : InetAddress.getAllByName(bind())) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException unknown) {
            // Nothing can be bound to it; that is said better by the port.
            return true;
        }
    }

    /** Where the server keeps what must survive it; made when something needs it. */
    Path dataDirectory() {
        return text(Setting.DATA_DIR).isEmpty() ? Path.of("roster-data") : path(Setting.DATA_DIR);
    }

    /** Where the Nacos HTTP APIs begin: empty for the root, else {@code /} and a path. */
    String contextPath() {
        String path = text(Setting.CONTEXT_PATH);
        if ("/".equals(path)) {
            return "";
        }
        if (!path.isEmpty() && !CONTEXT_PATH.matcher(path).matches()) {
            throw ConfigException.of(Setting.CONTEXT_PATH, path, "/ and a path without / at its end");
        }
        return path;
    }

    /**
     * Where TLS is kept; null for plain text.
     *
     * @throws ConfigException if what was said of TLS does not go together
     */
    @Nullable
    TlsFiles tls() {
        String certificate = text(Setting.TLS_CERT);
        String key = text(Setting.TLS_KEY);
        String authority = text(Setting.TLS_CLIENT_CA);
        TlsFiles.ClientAuth clientAuth = clientAuth();
        if (certificate.isEmpty()) {
            mustBeEmpty(Setting.TLS_KEY, "tls-cert, too");
            mustBeEmpty(Setting.TLS_CLIENT_CA, "tls-cert and tls-key, too");
        } else if (key.isEmpty()) {
            throw ConfigException.of(Setting.TLS_CERT, certificate, "tls-key, too");
        }
        if (authority.isEmpty() != (clientAuth == TlsFiles.ClientAuth.NONE)) {
            throw ConfigException.of(
                    Setting.TLS_CLIENT_AUTH,
                    text(Setting.TLS_CLIENT_AUTH),
                    authority.isEmpty() ? "tls-client-ca, too" : "optional or required beside tls-client-ca");
        }
        return certificate.isEmpty()
                ? null
                : new TlsFiles(
                        path(Setting.TLS_CERT),
                        path(Setting.TLS_KEY),
                        authority.isEmpty() ? null : path(Setting.TLS_CLIENT_CA),
                        clientAuth);
    }

    private TlsFiles.ClientAuth clientAuth() {
        String said = text(Setting.TLS_CLIENT_AUTH);
        return switch (said) {
            case "none" -> TlsFiles.ClientAuth.NONE;
            case "optional" -> TlsFiles.ClientAuth.OPTIONAL;
            case "required" -> TlsFiles.ClientAuth.REQUIRED;
            case "" -> text(Setting.TLS_CLIENT_CA).isEmpty() ? TlsFiles.ClientAuth.NONE : TlsFiles.ClientAuth.REQUIRED;
            default -> throw ConfigException.of(Setting.TLS_CLIENT_AUTH, said, "none, optional or required");
        };
    }

    private void mustBeEmpty(Setting setting, String expected) {
        if (!text(setting).isEmpty()) {
            throw ConfigException.of(setting, text(setting), expected);
        }
    }

    private Path path(Setting setting) {
        try {
            return Path.of(text(setting));
        } catch (InvalidPathException notAPath) {
            throw ConfigException.of(setting, text(setting), "a path");
        }
    }

    /**
     * What the ports take in: what was said, and for what was not, which is 0, a share of what there is.
     *
     * @param files how many the process may open
     * @param heapBytes how large the heap may grow
     */
    IntakeLimits intake(long files, long heapBytes) {
        return IntakeLimits.of(
                (int) number(Setting.MAX_CONNECTIONS, 0, Integer.MAX_VALUE),
                count(Setting.MAX_HTTP_CONNECTIONS),
                (int) number(Setting.CONNECTIONS_PER_ADDRESS, 0, Integer.MAX_VALUE),
                number(Setting.MAX_UNFINISHED_BYTES, 0, Long.MAX_VALUE),
                files,
                heapBytes);
    }

    HttpLimits httpLimits() {
        return new HttpLimits(
                (int) number(Setting.MAX_HTTP_HEADER_BYTES, 1_024, 1 << 20),
                (int) number(Setting.MAX_HTTP_BODY_BYTES, 1, 64 << 20),
                number(Setting.HTTP_IDLE_TIMEOUT, 1, 3_600_000));
    }

    String text(Setting setting) {
        return values.getOrDefault(setting, setting.otherwise());
    }

    /** A count or a length: at least 1. */
    int count(Setting setting) {
        return (int) number(setting, 1, Integer.MAX_VALUE);
    }

    /** A time in milliseconds. */
    long millis(Setting setting) {
        return number(setting, 0, Long.MAX_VALUE);
    }

    /** A part of a whole. */
    private double share(Setting setting) {
        String value = text(setting);
        if (!SHARE.matcher(value).matches()) {
            throw ConfigException.of(setting, value, "a number from 0 to 1");
        }
        return Double.parseDouble(value);
    }

    private long number(Setting setting, long least, long most) {
        String value = text(setting);
        String expected = "a number from " + least + " to " + most;
        try {
            long number = Long.parseLong(value);
            if (number < least || number > most) {
                throw ConfigException.of(setting, value, expected);
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw ConfigException.of(setting, value, expected);
        }
    }
}
