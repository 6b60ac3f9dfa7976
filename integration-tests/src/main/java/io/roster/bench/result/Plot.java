// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** The plots of a result, as PNG in base64. */
final class Plot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 320;
    private static final double NS_PER_US = 1_000;
    private static final double[] PERCENTILES = {
        1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.99
    };

    private Plot() {}

    /** None on a machine without fonts. */
    static List<String> of(Result result) {
        List<String> images = new ArrayList<>();
        try {
            if (result.server().values(Figure.RATE).size() > 1) {
                images.add(rates(result.server(), result.ceiling()));
            }
            if (result.server().latency().getTotalCount() > 0) {
                images.add(latencies(result.server(), result.ceiling()));
            }
        } catch (IOException | LinkageError | RuntimeException withoutFonts) {
            images.clear();
        }
        return images;
    }

    private static String rates(Series server, @Nullable Series ceiling) throws IOException {
        XYChart chart = chart("Operations a second, round by round", "round", "1/s");
        chart.getStyler().setYAxisMin(0.0);
        addRates(chart, server);
        if (ceiling != null) {
            addRates(chart, ceiling);
        }
        return image(chart);
    }

    private static void addRates(XYChart chart, Series series) {
        List<Double> rates = series.values(Figure.RATE);
        if (!rates.isEmpty()) {
            double[] rounds =
                    IntStream.rangeClosed(1, rates.size()).asDoubleStream().toArray();
            double[] values = rates.stream().mapToDouble(Double::doubleValue).toArray();
            chart.addSeries(series.name(), rounds, values);
        }
    }

    private static String latencies(Series server, @Nullable Series ceiling) throws IOException {
        XYChart chart = chart("Latency by percentile", "one in ... is slower", "us");
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        addLatency(chart, server);
        if (ceiling != null && ceiling.latency().getTotalCount() > 0) {
            addLatency(chart, ceiling);
        }
        return image(chart);
    }

    private static void addLatency(XYChart chart, Series series) {
        Histogram latency = series.latency();
        double[] rarity = new double[PERCENTILES.length];
        double[] values = new double[PERCENTILES.length];
        for (int i = 0; i < PERCENTILES.length; i++) {
            rarity[i] = 100 / (100 - PERCENTILES[i]);
            values[i] = Math.max(1, latency.getValueAtPercentile(PERCENTILES[i]) / NS_PER_US);
        }
        chart.addSeries(series.name(), rarity, values);
    }

    private static XYChart chart(String title, String x, String y) {
        return new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
    }

    private static String image(XYChart chart) throws IOException {
        return Base64.getEncoder().encodeToString(ChartEncoder.getBytes(chart, "png"));
    }
}
