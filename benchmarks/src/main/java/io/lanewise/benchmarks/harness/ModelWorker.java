package io.lanewise.benchmarks.harness;

import io.lanewise.benchmarks.contender.ModelRunner;
import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** A rival's process that runs one model: profiles it, or just runs it once. */
public final class ModelWorker {
  static final String PROFILE = "profile";
  static final String ONCE = "once";

  private ModelWorker() {}

  /**
   * Prints what {@link RivalModels} reads.
   *
   * @param args {@value #PROFILE} or {@value #ONCE}; when this process was started, in microseconds
   *     of the epoch; the model's file, number of threads, number of runs, and {@code NAME=SIZES}
   *     for each input
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    ModelRunner runner =
        ServiceLoader.load(ModelRunner.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing here runs models"));
    long started = Long.parseLong(args[1]);
    Path model = Path.of(args[2]);
    int threads = Integer.parseInt(args[3]);
    Map<String, Shape> inputs = new LinkedHashMap<>();
    for (int i = 5; i < args.length; i++) {
      int equals = args[i].lastIndexOf('=');
      Shape shape = new Task(Op.MODEL, args[i].substring(equals + 1)).sizes();
      inputs.put(args[i].substring(0, equals), shape);
    }
    if (args[0].equals(ONCE)) {
      double from = Moments.millisSince(started);
      runner.runOnce(model, inputs, threads);
      double to = Moments.millisSince(started);
      System.out.println(RivalModels.line("once", from, to, Moments.peakResidentBytes()));
    } else {
      NodeProfile profile = runner.profile(model, inputs, threads, Integer.parseInt(args[4]));
      System.out.println(
          RivalModels.line("run", profile.contender(), profile.version(), profile.nanos()));
      for (NodeProfile.Node node : profile.nodes()) {
        System.out.println(RivalModels.line("node", node.name(), node.operation(), node.nanos()));
      }
    }
    System.out.flush();
    Runtime.getRuntime().halt(0); // native libraries may have threads that do not end
  }
}
