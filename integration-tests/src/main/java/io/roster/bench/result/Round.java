// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * What one round has shown of one server.
 *
 * @param figures only those that were measured
 * @param latency nanoseconds; empty if nothing was timed
 */
public record Round(Map<Figure, Double> figures, Histogram latency) {

    private static final double NS_PER_US = 1_000;

    public Round {
        figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    }

    /** This round with one more figure. */
    public Round with(Figure figure, double value) {
        Map<Figure, Double> more = new EnumMap<>(Figure.class);
        more.putAll(figures);
        more.put(figure, value);
        return new Round(more, latency);
    }

    /** Puts the percentiles of a latency among the figures. */
    static void putLatency(Map<Figure, Double> figures, AbstractHistogram latency) {
        if (latency.getTotalCount() > 0) {
            figures.put(Figure.P50, latency.getValueAtPercentile(50) / NS_PER_US);
            figures.put(Figure.P90, latency.getValueAtPercentile(90) / NS_PER_US);
            figures.put(Figure.P99, latency.getValueAtPercentile(99) / NS_PER_US);
            figures.put(Figure.P999, latency.getValueAtPercentile(99.9) / NS_PER_US);
            figures.put(Figure.MAX, latency.getMaxValue() / NS_PER_US);
        }
    }
}
