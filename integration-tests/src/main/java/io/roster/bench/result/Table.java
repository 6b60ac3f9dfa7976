// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A result as people read it in a terminal. */
public final class Table {

    private static final List<Figure> BRIEFLY =
            List.of(Figure.RATE, Figure.P50, Figure.P99, Figure.TIME, Figure.SERVER_CPU, Figure.HEAP, Figure.WRONG);

    private Table() {}

    /** Lines without line ends. */
    public static List<String> of(Result result) {
        List<String> lines = new ArrayList<>();
        Series ceiling = result.ceiling();
        lines.add("");
        lines.add(result.workload() + " over " + result.wire() + "  " + result.parameters() + "  took "
                + number(result.seconds()) + " s");
        lines.add(String.format(
                Locale.ROOT,
                "%-32s %-36s %-30s %s",
                "",
                result.server().name(),
                ceiling == null ? "" : ceiling.name(),
                ceiling == null ? "" : "ratio"));
        Map<Figure, Spread> others = ceiling == null ? Map.of() : ceiling.spreads();
        Map<Figure, Spread> ratios = result.ratios();
        result.server()
                .spreads()
                .forEach((figure, spread) -> lines.add(String.format(
                                Locale.ROOT,
                                "%-32s %-36s %-30s %s",
                                label(figure),
                                text(spread),
                                text(others.get(figure)),
                                text(ratios.get(figure)))
                        .stripTrailing()));
        return lines;
    }

    /** A round in one line: enough to see that something happens, and what. */
    public static String summary(Round round) {
        return BRIEFLY.stream()
                .filter(round.figures()::containsKey)
                .map(figure -> label(figure) + ' ' + number(round.figures().getOrDefault(figure, 0.0)))
                .collect(Collectors.joining("; "));
    }

    static String label(Figure figure) {
        return figure.unit().isEmpty() ? figure.label() : figure.label() + ", " + figure.unit();
    }

    static String text(@Nullable Spread spread) {
        if (spread == null) {
            return "";
        }
        return number(spread.median())
                + (spread.min() == spread.max()
                        ? ""
                        : " (" + number(spread.min()) + " to " + number(spread.max()) + ')');
    }

    /** Three digits say all that a noisy machine knows. */
    static String number(double value) {
        double size = Math.abs(value);
        String pattern = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
