package io.lanewise.cli.report;

import io.lanewise.cli.page.Html;
import java.util.List;
import java.util.Locale;

/** The test images as figures: the picture, the prediction, and, in words, whether it is right. */
final class SampleSection {

  private SampleSection() {}

  /** One figure a sample. */
  static String figures(List<SamplePrediction> samples, List<String> classNames) {
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < samples.size(); i++) {
      html.append(figure(i + 1, samples.get(i), classNames));
    }
    return html.toString();
  }

  /** How many of the shown samples are wrong, in words. */
  static String wrongOnes(List<SamplePrediction> samples) {
    long wrong = samples.stream().filter(sample -> !sample.right()).count();
    return Html.count(samples.size()) + " shown, " + Html.count(wrong) + " of them wrong";
  }

  private static String figure(int number, SamplePrediction sample, List<String> classNames) {
    String actual = Html.escape(classNames.get(sample.actual()));
    String predicted = Html.escape(classNames.get(sample.predicted()));
    String mark = sample.right() ? "✓ right" : "✗ wrong";
    double probability = Double.isFinite(sample.probability()) ? sample.probability() : 0;
    return String.format(
        Locale.ROOT,
        """
        <figure class="%s">
        <img src="%s" width="%d" height="%d" alt="Test image %d, actual class %s">
        <figcaption><span class="said">%s</span>
        <span class="bar" style="--share:%.4f"></span>
        <span class="mark">%s</span> <span class="sure">%s sure</span>
        <span class="truth">actual: %s</span></figcaption>
        </figure>
        """,
        sample.right() ? "right" : "wrong",
        PngDataUri.of(sample.pixels(), sample.width(), sample.height()),
        sample.width(),
        sample.height(),
        number,
        actual,
        predicted,
        probability,
        mark,
        Html.percent(sample.probability()),
        actual);
  }
}
