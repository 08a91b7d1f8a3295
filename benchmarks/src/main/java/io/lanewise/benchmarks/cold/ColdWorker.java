package io.lanewise.benchmarks.cold;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.harness.Moments;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.WarmUp;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A fresh JVM that runs some convolutions one after the other, again and again. */
public final class ColdWorker {
  static final String WARM = "warm";
  static final String COLD = "cold";

  private static final int LEAST_RUNS = 20;
  private static final int MOST_RUNS = 2_000; // what a pipe holds unread
  private static final double LEAST_MILLIS = 1_500; // without a warm-up that takes a second

  private ColdWorker() {}

  /** A planned layer with all that it runs on. */
  private record Layer(
      ConvForward plan, Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws) {
    static Layer of(ConvForward plan) {
      ConvShape s = plan.shape();
      PackedWeights w = plan.pack(Task.uniform(s.w(), Task.SEED_W));
      return new Layer(
          plan,
          Tensor.zeros(s.x(), plan.layout()).fill(1f),
          w,
          Epilogue.bias(Tensor.zeros(s.bias())).relu(),
          Tensor.zeros(s.y(), plan.layout()),
          Workspace.allocate(plan.workspace(), 1));
    }

    void run() {
      plan.run(x, w, epilogue, y, ws, Parallel.SEQUENTIAL);
    }
  }

  /**
   * Prints the line that {@link ColdSample#parse} reads.
   *
   * @param args when this process was started, in microseconds of the epoch; {@value #WARM} or
   *     {@value #COLD}; then how many layers have a shape, and that shape, for each
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    long start = Long.parseLong(args[0]);
    Backend backend = Backend.best();
    ConvOptions options = ConvOptions.DEFAULT.layout(Layout.CHANNELS_LAST);
    List<Layer> layers = new ArrayList<>();
    for (int i = 2; i + 1 < args.length; i += 2) {
      Layer layer = Layer.of(backend.convForward(ConvShape.parse(args[i + 1]), options));
      layers.addAll(Collections.nCopies(Integer.parseInt(args[i]), layer));
    }
    double ready = Moments.millisSince(start);
    if (args[1].equals(WARM)) {
      WarmUp warmUp = WarmUp.of(backend);
      layers.forEach(layer -> warmUp.add(layer.plan));
      warmUp.run();
    }
    double warm = Moments.millisSince(start);
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.1f %.1f", ready, warm));
    for (double run : runs(layers)) {
      line.append(' ').append(Math.round(run * 1e3) / 1e3);
    }
    System.out.println(line);
  }

  private static List<Double> runs(List<Layer> layers) {
    List<Double> runs = new ArrayList<>();
    double total = 0;
    while (runs.size() < LEAST_RUNS || (total < LEAST_MILLIS && runs.size() < MOST_RUNS)) {
      long from = System.nanoTime();
      for (Layer layer : layers) {
        layer.run();
      }
      runs.add((System.nanoTime() - from) / 1e6);
      total += runs.getLast();
    }
    return runs;
  }
}
