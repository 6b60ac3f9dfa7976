// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of an immutable value, such as its bytes on one wire, so that it is made once however many ask.
 *
 * <p>Thread: any. Two threads that ask at the same moment may both make it; both get an equal result. At most
 * {@value #MAX_ENTRIES} results are kept; past that they are made anew for each caller.
 */
public final class Memo {

    /** Wires times views in use at once; more than that means somebody sends views that nobody shares. */
    static final int MAX_ENTRIES = 32;

    private volatile Object @Nullable [] entries;

    /** The result remembered under a key, made now if there is none. The key is compared by {@code equals}. */
    @SuppressWarnings("unchecked")
    public <T> T get(Object key, Supplier<T> make) {
        Object[] known = entries;
        if (known != null) {
            for (int i = 0; i < known.length; i += 2) {
                if (known[i].equals(key)) {
                    return (T) known[i + 1];
                }
            }
        }
        T made = make.get();
        keep(key, made);
        return made;
    }

    private synchronized void keep(Object key, Object made) {
        Object[] known = entries;
        int length = known == null ? 0 : known.length;
        if (length >= 2 * MAX_ENTRIES) {
            return;
        }
        Object[] grown = new Object[length + 2];
        if (known != null) {
            System.arraycopy(known, 0, grown, 0, length);
        }
        grown[length] = key;
        grown[length + 1] = made;
        entries = grown;
    }
}
