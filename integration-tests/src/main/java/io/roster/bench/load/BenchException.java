// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.load;

/** A measurement that cannot go on, and why, in words for the person who started it. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BenchException(String problem) {
        super(problem);
    }

    public BenchException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
