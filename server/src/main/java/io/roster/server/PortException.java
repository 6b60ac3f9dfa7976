// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A port that cannot be listened on. The message says which, why, and how to choose another. */
final class PortException extends IOException {

    private static final long serialVersionUID = 1L;

    PortException(InetSocketAddress address, Setting setting, Exception failure) {
        super(
                "cannot listen on " + address.getHostString() + " port " + address.getPort() + ": " + reason(failure)
                        + " (expected: a free port of this machine; see --bind and --" + setting.key() + ")",
                failure);
    }

    /** The innermost cause knows best, as in "Address already in use". */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
