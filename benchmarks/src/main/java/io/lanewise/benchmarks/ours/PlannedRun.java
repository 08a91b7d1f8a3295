package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.plan.Plans;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Layout;
import java.util.List;

/** {@link Plans} on our backends, in each layout that they have. */
final class PlannedRun {
  private static final String ONLY = "default";
  private static final String LAST = "nhwc";
  private static final String FIRST = "nchw";

  private PlannedRun() {}

  static List<String> variants(Op op) {
    List<Layout> layouts = Plans.layouts(op);
    return layouts.size() == 1 ? List.of(ONLY) : layouts.stream().map(PlannedRun::name).toList();
  }

  static Prepared of(Backend backend, Task task, String variant, int threads) {
    return Run.of(Plans.of(backend, task, layout(variant), threads), threads);
  }

  /** The word for a layout. */
  static String name(Layout layout) {
    return layout == Layout.CHANNELS_LAST ? LAST : FIRST;
  }

  /** The layout that a variant's first word names; channels first if it names none. */
  static Layout layout(String variant) {
    return variant.startsWith(LAST) ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
  }
}
