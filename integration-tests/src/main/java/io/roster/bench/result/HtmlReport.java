// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Results as a page with plots, complete in one file. */
public final class HtmlReport {

    private HtmlReport() {}

    /** Writes the page. */
    public static void write(Path file, List<Result> results) throws IOException {
        StringBuilder page = new StringBuilder("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Roster: measured</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
                table { border-collapse: collapse } th, td { padding: .2rem .8rem; text-align: right }
                th:first-child, td:first-child { text-align: left } tr { border-bottom: 1px solid #ddd }
                img { max-width: 100% } .plan { color: #666 }
                </style></head><body>
                <h1>Roster: measured</h1>
                <p>Median over the rounds, smallest and largest behind it. The ratio is taken round by round against what
                was run turn about on the same machine: a gRPC server that does nothing or, for growth, the same server
                with half as much of something.</p>
                """);
        results.forEach(result -> append(page, result));
        page.append("</body></html>\n");
        Files.writeString(file, page);
    }

    private static void append(StringBuilder page, Result result) {
        Series ceiling = result.ceiling();
        page.append("<h2>")
                .append(escaped(result.workload() + " over " + result.wire()))
                .append("</h2>\n");
        page.append("<p class=\"plan\">")
                .append(escaped(result.parameters() + " took " + Table.number(result.seconds()) + " s"))
                .append("</p>\n");
        page.append("<table><tr><th></th><th>")
                .append(escaped(result.server().name()))
                .append("</th>");
        if (ceiling != null) {
            page.append("<th>").append(escaped(ceiling.name())).append("</th><th>ratio</th>");
        }
        page.append("</tr>\n");
        result.server().spreads().forEach((figure, spread) -> {
            page.append("<tr><td>").append(escaped(Table.label(figure))).append("</td>");
            cell(page, Table.text(spread));
            if (ceiling != null) {
                cell(page, Table.text(ceiling.spreads().get(figure)));
                cell(page, Table.text(result.ratios().get(figure)));
            }
            page.append("</tr>\n");
        });
        page.append("</table>\n");
        for (String image : Plot.of(result)) {
            page.append("<p><img alt=\"plot\" src=\"data:image/png;base64,")
                    .append(image)
                    .append("\"></p>\n");
        }
    }

    private static void cell(StringBuilder page, String text) {
        page.append("<td>").append(escaped(text)).append("</td>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
