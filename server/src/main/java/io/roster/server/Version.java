// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

/** The program's version. */
final class Version {

    private Version() {}

    /** The version that the build wrote into the jar, or {@code dev} when run from classes. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
