package io.lanewise.benchmarks.cold;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.harness.Moments;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.onnx.OnnxCall;
import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.OnnxSession;
import io.lanewise.onnx.SessionOptions;
import io.lanewise.onnx.file.OnnxReader;
import io.lanewise.onnx.model.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** A fresh JVM that loads a model and runs it once, and then some times more. */
public final class ColdModelWorker {
  private static final int MORE_RUNS = 30;

  private ColdModelWorker() {}

  /**
   * Prints the line that {@link ColdModelSample#parse} reads.
   *
   * @param args when this process was started, in microseconds of the epoch; the model's file;
   *     sizes of its one input; number of threads; milliseconds that a warm-up may take
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    long started = Long.parseLong(args[0]);
    double main = Moments.millisSince(started);
    SessionOptions options =
        SessionOptions.defaults()
            .backend(Backend.best())
            .threads(Integer.parseInt(args[3]))
            .warmUp(Duration.ofMillis(Long.parseLong(args[4])));
    double backend = Moments.millisSince(started);
    OnnxModel model = new OnnxReader().read(Path.of(args[1]));
    double read = Moments.millisSince(started);
    try (OnnxSession session = OnnxSession.of(model, options)) {
      Tensor x = Tensor.zeros(new Task(Op.MODEL, args[2]).sizes());
      OnnxCall call = session.call().input(session.inputs().getFirst().name(), x);
      double loaded = Moments.millisSince(started);
      OnnxProfile first = call.profile();
      double output = Moments.millisSince(started);
      long peak = Moments.peakResidentBytes();
      double nodes = first.nodes().stream().mapToLong(OnnxProfile.NodeTime::nanos).sum() / 1e6;
      double last = 0;
      for (int i = 0; i < MORE_RUNS; i++) {
        long from = System.nanoTime();
        call.run();
        last = (System.nanoTime() - from) / 1e6;
      }
      System.out.println(
          String.format(
              Locale.ROOT,
              "%.1f %.1f %.1f %.1f %.1f %.1f %.1f %d %d",
              main,
              backend,
              read,
              loaded,
              output - nodes,
              output,
              last,
              peak,
              Moments.peakResidentBytes()));
    }
  }
}
