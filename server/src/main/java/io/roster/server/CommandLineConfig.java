// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gathers the configuration from where it may be said: options before environment variables before the configuration file
 * before defaults.
 */
final class CommandLineConfig {

    private static final String CONFIG = "config";
    private static final String CONFIG_VARIABLE = "ROSTER_CONFIG";

    private CommandLineConfig() {}

    /** The program's options. */
    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("roster-server")
                .version("Roster " + Version.text())
                .mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description("Roster, a service registry: knows which instances are alive and tells who asked.")
                .footer(
                        "Each option is also an environment variable (--grpc-port: ROSTER_GRPC_PORT)",
                        "and a key of" + " the configuration file (grpc-port=9848).");
        for (Setting setting : Setting.values()) {
            String shown = setting.otherwise().isEmpty() ? "" : " Default: " + setting.otherwise() + '.';
            spec.addOption(option(setting.key(), setting.label(), setting.description() + shown));
        }
        Secrets.specs().forEach(command -> spec.addSubcommand(command.name(), command));
        return spec.addOption(option(CONFIG, "FILE", "Configuration file: lines of key=value."));
    }

    private static OptionSpec option(String key, String label, String description) {
        OptionSpec.Builder option = OptionSpec.builder("--" + key)
                .type(String.class)
                .paramLabel(label)
                .description(description);
        // A claim that is only named is true: --insecure.
        return (label.equals("BOOLEAN") ? option.arity("0..1").fallbackValue("true") : option).build();
    }

    /**
     * Puts the configuration together.
     *
     * @throws ConfigException if something said cannot be used
     */
    static ServerConfig gather(CommandLine.ParseResult options, Map<String, String> environment) {
        String file = options.matchedOptionValue("--" + CONFIG, environment.get(CONFIG_VARIABLE));
        Properties inFile = file == null ? new Properties() : read(file);
        Map<Setting, String> said = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = first(
                    options.matchedOptionValue("--" + setting.key(), (String) null),
                    environment.get(setting.variable()),
                    inFile.getProperty(setting.key()));
            if (value != null) {
                said.put(setting, value);
            }
        }
        return ServerConfig.of(said);
    }

    private static @Nullable String first(@Nullable String option, @Nullable String variable, @Nullable String inFile) {
        if (option != null) {
            return option;
        }
        return variable != null ? variable : inFile;
    }

    private static Properties read(String file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException failure) {
            throw new ConfigException("config: " + file + " cannot be read (" + failure + ")");
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!spec().optionsMap().containsKey("--" + key) || key.equals(CONFIG)) {
                throw new ConfigException("config: " + file + " has the unknown key " + key + nearest(key));
            }
        }
        return properties;
    }

    /** The option parser knows which of its options is meant. */
    private static String nearest(String key) {
        try {
            new CommandLine(spec()).parseArgs("--" + key);
            return "";
        } catch (CommandLine.UnmatchedArgumentException unknown) {
            List<String> near = unknown.getSuggestions();
            return near.isEmpty() ? "" : " (did you mean: " + near.get(0).replaceFirst("^--", "") + "?)";
        } catch (CommandLine.ParameterException other) {
            return "";
        }
    }
}
