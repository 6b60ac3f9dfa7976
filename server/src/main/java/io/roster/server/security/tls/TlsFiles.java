// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.security.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the server's TLS is kept, all in PEM.
 *
 * @param certificate the server's certificate and those between it and its authority
 * @param key its private key
 * @param clientAuthority who certifies clients, or null if no client is asked for a certificate
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientAuthority, ClientAuth clientAuth) {

    /** Whether a client must show a certificate. */
    public enum ClientAuth {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(certificate, key));
        if (clientAuthority != null) {
            all.add(clientAuthority);
        }
        return all;
    }
}
