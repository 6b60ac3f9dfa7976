// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.http;

import java.util.List;

/**
 * Which part of a long answer is wanted.
 *
 * @param number from 1
 * @param size at most {@value #MAX_SIZE}, whatever is asked for
 */
record Page(int number, int size) {

    /** Clients that want everything ask for 2,147,483,647; what they get is said with the count of all. */
    static final int MAX_SIZE = 50_000;

    /** A page whose number and size must be said. */
    static Page required(Parameters parameters) {
        parameters.required("pageNo");
        parameters.required("pageSize");
        return of(parameters, 1);
    }

    static Page of(Parameters parameters, int otherwiseSize) {
        int number = parameters.number("pageNo", 1, 1, Integer.MAX_VALUE);
        int size = parameters.number("pageSize", otherwiseSize, 1, Integer.MAX_VALUE);
        return new Page(number, Math.min(size, MAX_SIZE));
    }

    <T> List<T> cut(List<T> all) {
        long from = Math.min((number - 1L) * size, all.size());
        long to = Math.min(from + size, all.size());
        return all.subList((int) from, (int) to);
    }

    /** How many pages of this size there are. */
    int of(int total) {
        return (int) ((total + (long) size - 1) / size);
    }
}
