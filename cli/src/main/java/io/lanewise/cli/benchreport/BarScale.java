package io.lanewise.cli.benchreport;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * The axis that a table's bars share.
 *
 * @param low value at the left end
 * @param high value at the right end
 * @param logarithmic whether equal steps are equal factors
 * @param one the value whose line is the strong one
 * @param ticks values with a line and a number
 */
record BarScale(double low, double high, boolean logarithmic, double one, List<Double> ticks) {
  private static final int MOST_STEPS = 4; // five numbers fit a telephone's width

  /** For time ratios: in octaves, from at least half to at least double. */
  static BarScale ratios(Collection<Double> values) {
    int first = -1;
    int last = 1;
    for (double v : values) {
      double octave = Math.log(v) / Math.log(2);
      first = Math.min(first, (int) Math.floor(octave));
      last = Math.max(last, (int) Math.ceil(octave));
    }
    int step = Math.ceilDiv(last - first, MOST_STEPS);
    List<Double> ticks = new ArrayList<>();
    for (int octave = Math.ceilDiv(first, step) * step; octave <= last; octave += step) {
      ticks.add(Math.pow(2, octave));
    }
    return new BarScale(Math.pow(2, first), Math.pow(2, last), true, 1, ticks);
  }

  /** For shares of the peak: from 0 to at least all of it. */
  static BarScale shares(Collection<Double> values) {
    double high = values.stream().reduce(1.0, Math::max);
    double step = 0.5;
    while (high / step >= MOST_STEPS) {
      step *= 2;
    }
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= high; i++) {
      ticks.add(i * step);
    }
    return new BarScale(0, high, false, 1, ticks);
  }

  /** Where a value lies, from 0 to 1. */
  double at(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** {@link #at} for a style. */
  String place(double value) {
    return String.format(Locale.ROOT, "%.4f", Math.clamp(at(value), 0.0, 1.0));
  }

  /** The ticks' numbers, each at its place. */
  String axis(DoubleFunction<String> format) {
    return ticks.stream()
        .map(t -> "<span style=\"--at:" + place(t) + "\">" + format.apply(t) + "</span>")
        .collect(Collectors.joining());
  }

  /** The ticks' lines as layers of a background. */
  String grid() {
    return ticks.stream()
        .map(t -> layer(t == one ? "--text" : "--line", at(t)))
        .collect(Collectors.joining(","));
  }

  private static String layer(String colour, double at) {
    return String.format(
        Locale.ROOT, "linear-gradient(var(%s) 0 0) %.2f%% 0/1px 100%% no-repeat", colour, 100 * at);
  }
}
