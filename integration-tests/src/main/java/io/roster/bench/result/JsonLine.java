// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A result as programs read it: one line of JSON. */
public final class JsonLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonLine() {}

    /** The line, without its end. */
    public static String of(Result result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("workload", result.workload());
        line.put("wire", result.wire());
        line.put("parameters", result.parameters());
        line.put("seconds", result.seconds());
        line.put("server", series(result.server()));
        if (result.ceiling() != null) {
            line.put("ceiling", series(result.ceiling()));
            line.put("ratio", result.ratios());
        }
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> series(Series series) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", series.name());
        series.spreads().forEach((figure, spread) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("unit", figure.unit());
            values.put("median", spread.median());
            values.put("min", spread.min());
            values.put("max", spread.max());
            List<Double> rounds = series.values(figure);
            values.put("rounds", rounds);
            shown.put(figure.name(), values);
        });
        return shown;
    }
}
