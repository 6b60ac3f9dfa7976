// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
/** The Nacos HTTP wire, versions 1 to 3, and the health endpoints, on the main port. */
@NullMarked
package io.roster.server.protocol.http;

import org.jspecify.annotations.NullMarked;
