// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.transport;

import io.roster.server.security.AccessControl;
import io.roster.server.security.Caller;
import io.roster.server.security.Role;

/** Who is let through to a gRPC service at all. What a call may do with which service is asked behind it, by the wire. */
public enum Door {
    /** Everybody; credentials are not even looked at. */
    OPEN {
        @Override
        void check(AccessControl access, Caller caller, String method) {}
    },
    /** Everybody: the wire has a place of its own for credentials, too. */
    UP_TO_THE_WIRE {
        @Override
        void check(AccessControl access, Caller caller, String method) {}
    },
    /** Whoever may read something. */
    READERS {
        @Override
        void check(AccessControl access, Caller caller, String method) {
            access.checkSomewhere(caller, Role.READ, method);
        }
    },
    /** Whoever may operate something. */
    OPERATORS {
        @Override
        void check(AccessControl access, Caller caller, String method) {
            access.checkSomewhere(caller, Role.OPERATE, method);
        }
    },
    /** Whoever may operate everything. */
    OPERATORS_OF_ALL {
        @Override
        void check(AccessControl access, Caller caller, String method) {
            access.checkEverywhere(caller, Role.OPERATE, method);
        }
    };

    /**
     * Lets a caller through.
     *
     * @throws io.roster.server.core.RegistryException if not
     */
    abstract void check(AccessControl access, Caller caller, String method);
}
