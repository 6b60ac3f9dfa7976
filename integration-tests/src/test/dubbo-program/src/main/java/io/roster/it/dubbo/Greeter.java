// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.dubbo;

/** What the provider offers. */
public interface Greeter {

    String greet(String name);
}
