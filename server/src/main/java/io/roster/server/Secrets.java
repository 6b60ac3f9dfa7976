// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import io.roster.server.security.ApiToken;
import io.roster.server.security.Passwords;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The commands that make what goes into the users file. */
final class Secrets {

    private static final String HASH_PASSWORD = "hash-password";
    private static final String NEW_TOKEN = "new-token";

    private Secrets() {}

    static List<CommandSpec> specs() {
        return List.of(
                spec(HASH_PASSWORD, "Reads a password, one line, and prints its hash for the users file."),
                spec(NEW_TOKEN, "Prints a new token for a program, and its digest for the users file."));
    }

    private static CommandSpec spec(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description);
        return spec;
    }

    /**
     * Runs one of them.
     *
     * @throws ConfigException if what it is given cannot be used
     */
    static void run(String name) {
        if (name.equals(HASH_PASSWORD)) {
            try {
                System.out.println(Passwords.hash(password()));
            } catch (IllegalArgumentException unusable) {
                throw new ConfigException(String.valueOf(unusable.getMessage()));
            }
        } else {
            ApiToken token = ApiToken.random();
            System.out.println("token:  " + token.secret());
            System.out.println("sha256: " + token.sha256());
        }
    }

    /** From a terminal without showing it; newer Java machines have a console even where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static String password() {
        Console terminal = System.console();
        if (terminal != null) {
            System.err.print("Password: ");
            char[] typed = terminal.readPassword();
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException failure) {
            throw new ConfigException("password: cannot be read (" + failure.getMessage() + ")");
        }
    }
}
