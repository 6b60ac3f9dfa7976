// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The server's certificate and whose certificates it trusts, for every port alike. */
@NullMarked
package io.roster.server.security.tls;

import org.jspecify.annotations.NullMarked;
