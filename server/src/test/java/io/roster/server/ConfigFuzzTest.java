// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.roster.server.fixture.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import picocli.CommandLine;

/** Whatever stands on the command line, in the environment and in the file: a configuration, or one line why not. */
class ConfigFuzzTest {

    private static final byte[] ALL_DEFAULTS = Arrays.stream(Setting.values())
            .map(setting -> setting.key() + '=' + setting.otherwise() + '\n')
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void anyFileIsAConfigurationOrRefused(@ForAll("files") byte[] content) throws IOException {
        Path file = Files.createTempFile("roster-fuzz", ".properties");
        try {
            Files.write(file, content);
            gather(List.of("--config", file.toString()), Map.of());
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100)
    void anyValueOfAnySettingIsTakenOrRefused(@ForAll("settings") Setting setting, @ForAll("values") String value) {
        gather(List.of("--" + setting.key() + '=' + value), Map.of());
        gather(List.of(), Map.of(setting.variable(), value));
    }

    @Property(tries = 20)
    void anyNameOfAFileIsReadOrRefused(@ForAll("names") String name) {
        gather(List.of("--config", name), Map.of());
        gather(List.of(), Map.of("ROSTER_CONFIG", name));
    }

    @Property(tries = 150)
    void anyArgumentsAreOptionsOrRefused(@ForAll("arguments") List<String> arguments) {
        gather(arguments, Map.of());
    }

    private static void gather(List<String> arguments, Map<String, String> environment) {
        try {
            CommandLine.ParseResult options =
                    new CommandLine(CommandLineConfig.spec()).parseArgs(arguments.toArray(new String[0]));
            if (!options.isUsageHelpRequested() && !options.isVersionHelpRequested()) {
                assertThat(CommandLineConfig.gather(options, environment).shown())
                        .isNotEmpty();
            }
        } catch (CommandLine.ParameterException | ConfigException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<byte[]> files() {
        return Arbitraries.oneOf(Mutations.bytes(200), Mutations.of(List.of(ALL_DEFAULTS)));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(values(), Arbitraries.of("\0", "a\0b", "/", "/dev/null", "x".repeat(5_000)));
    }

    @Provide
    Arbitrary<Setting> settings() {
        return Arbitraries.of(Setting.values());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.of(
                        "-1", "0", "1", "99999999999999999999", "NaN", "1e9", "true", "/", "//", "..", "0.5", ""));
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        Arbitrary<String> option =
                Combinators.combine(settings(), values()).as((setting, value) -> "--" + setting.key() + '=' + value);
        return Arbitraries.oneOf(option, values(), Arbitraries.of("--", "-", "@x", "--help", "-h", "-V", "--config"))
                .list()
                .ofMaxSize(6);
    }
}
