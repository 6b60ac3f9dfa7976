// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.client;

/** What one subscribes to. */
record SubscriptionKey(ServiceName service, View view) {
    @Override
    public String toString() {
        return view.equals(View.ALL) ? service.toString() : service + " " + view;
    }
}
