// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * All rounds of one server.
 *
 * @param name what the server is called in the report
 */
public record Series(String name, List<Round> rounds) {

    public Series {
        rounds = List.copyOf(rounds);
    }

    /** The same under another name. */
    public Series named(String other) {
        return new Series(other, rounds);
    }

    /** Each figure over the rounds. */
    public Map<Figure, Spread> spreads() {
        Map<Figure, Spread> spreads = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            List<Double> values = values(figure);
            if (!values.isEmpty()) {
                spreads.put(figure, Spread.of(values));
            }
        }
        return spreads;
    }

    List<Double> values(Figure figure) {
        return rounds.stream()
                .map(round -> round.figures().get(figure))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The latencies of all rounds together. */
    Histogram latency() {
        Histogram sum = new Histogram(rounds.get(0).latency());
        rounds.forEach(round -> sum.add(round.latency()));
        return sum;
    }

    /** This series as a multiple of another, round by round: both of a pair were measured within seconds of each other. */
    Map<Figure, Spread> over(Series other) {
        Map<Figure, Spread> ratios = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            List<Double> mine = values(figure);
            List<Double> others = other.values(figure);
            if (figure.isComparable() && !mine.isEmpty() && mine.size() == others.size()) {
                List<Double> each = new ArrayList<>();
                for (int i = 0; i < mine.size(); i++) {
                    each.add(mine.get(i) / others.get(i));
                }
                if (each.stream().allMatch(Double::isFinite)) {
                    ratios.put(figure, Spread.of(each));
                }
            }
        }
        return ratios;
    }
}
