package io.lanewise.cli.report;

import io.lanewise.cli.page.Html;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The epochs, once as data for the curves and once as table rows. */
final class EpochSection {

  private EpochSection() {}

  /** JSON for report.js: one array a column; what is not finite is null. */
  static String json(List<EpochPoint> epochs) {
    return "{\"epoch\":%s,\"trainLoss\":%s,\"testLoss\":%s,\"trainAccuracy\":%s,\"testAccuracy\":%s}"
        .formatted(
            column(epochs, EpochPoint::epoch),
            column(epochs, EpochPoint::trainLoss),
            column(epochs, EpochPoint::testLoss),
            column(epochs, EpochPoint::trainAccuracy),
            column(epochs, EpochPoint::testAccuracy));
  }

  /** Rows of the table that says what the curves show. */
  static String rows(List<EpochPoint> epochs) {
    StringBuilder html = new StringBuilder();
    for (EpochPoint e : epochs) {
      html.append("<tr><th scope=\"row\">%s</th>".formatted(Html.count(e.epoch())))
          .append("<td>%s</td>".formatted(Html.loss(e.trainLoss())))
          .append("<td>%s</td>".formatted(Html.loss(e.testLoss())))
          .append("<td>%s</td>".formatted(Html.percent(e.trainAccuracy())))
          .append("<td>%s</td></tr>\n".formatted(Html.percent(e.testAccuracy())));
    }
    return html.toString();
  }

  private static String column(List<EpochPoint> epochs, ToDoubleFunction<EpochPoint> value) {
    return epochs.stream()
        .map(e -> number(value.applyAsDouble(e)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
