// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.roster.server.core.BeatLimits;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Limits;
import io.roster.server.core.RegistryException;
import io.roster.server.core.ServiceName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance of a list, in the words of this wire (spec 3.1). */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Host(
        String instanceId,
        String ip,
        int port,
        double weight,
        boolean healthy,
        boolean enabled,
        boolean ephemeral,
        String clusterName,
        String serviceName,
        Map<String, String> metadata,
        long instanceHeartBeatInterval,
        @Nullable String instanceIdGenerator,
        long instanceHeartBeatTimeOut,
        long ipDeleteTimeout) {

    private static final String ID_GENERATOR = "preserved.instance.id.generator";

    /**
     * An instance as a reader sees it.
     *
     * @param healthy what the reader is told, whatever is known
     */
    static Host of(ServiceName service, Instance instance, boolean healthy, Limits limits) {
        InstanceKey key = instance.key();
        BeatLimits beats = beats(instance, limits);
        String generator = instance.metadata().get(ID_GENERATOR);
        return new Host(
                id(service, key),
                key.ip(),
                key.port(),
                instance.weight(),
                healthy,
                instance.isEnabled(),
                true,
                key.cluster(),
                FormReader.fullName(service),
                instance.metadata(),
                beats.intervalMs(),
                generator == null && instance.metadata().isEmpty() ? "simple" : generator,
                beats.timeoutMs(),
                beats.deleteMs());
    }

    /** An operator's metadata is not checked as an application's is: what is no number of milliseconds counts for nothing. */
    private static BeatLimits beats(Instance instance, Limits limits) {
        try {
            return limits.beatsOf(instance);
        } catch (RegistryException unusable) {
            return limits.beats();
        }
    }

    static String id(ServiceName service, InstanceKey key) {
        return key.ip() + '#' + key.port() + '#' + key.cluster() + '#' + FormReader.fullName(service);
    }
}
