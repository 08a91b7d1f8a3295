package io.lanewise.benchmarks.ours;

import io.lanewise.benchmarks.ConvSequence;
import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network's convolutions in a row, each by the algorithm that the backend chooses, with the
 * memory of a network: every layer has weights of its own, and images go to and fro between two
 * arrays, so that a layer reads what the one before it wrote and finds its weights in whatever
 * cache the others left them. Results are clamped to [-1, 1]: else they would overflow on the way.
 */
final class SequenceRun implements Prepared {
  private static final Epilogue CLAMP = Epilogue.none().clamp(-1, 1);
  private static final String LAST = "nhwc";
  private static final String FIRST = "nchw";

  private final List<Step> steps;
  private final int outputSize;
  private final Workspace workspace;
  private final ForkJoinTeam team;
  private final Parallel parallel;

  /**
   * One layer.
   *
   * @param first true for the first layer of its line
   */
  private record Step(ConvForward plan, PackedWeights w, Tensor x, Tensor y, boolean first) {}

  private SequenceRun(List<Step> steps, int outputSize, int threads) {
    this.steps = steps;
    this.outputSize = outputSize;
    WorkspaceSpec most =
        steps.stream().map(s -> s.plan.workspace()).reduce(WorkspaceSpec.NONE, WorkspaceSpec::max);
    workspace = Workspace.allocate(most, threads);
    team = threads == 1 ? null : ForkJoinTeam.of(threads);
    parallel = team == null ? Parallel.SEQUENTIAL : team;
  }

  /** Channels last inside, or channels first. */
  static List<String> variants() {
    return List.of(LAST, FIRST);
  }

  static Prepared of(Backend backend, Task task, String variant, int threads) {
    if (!variants().contains(variant)) {
      throw new IllegalArgumentException(
          "variant must be one of " + variants() + ", got '" + variant + "'");
    }
    Layout layout = variant.equals(LAST) ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
    ConvOptions options = ConvOptions.DEFAULT.layout(layout);
    ConvSequence sequence = ConvSequence.of(task);
    float[] even = images(sequence);
    float[] odd = even.clone();
    List<Step> steps = new ArrayList<>();
    for (ShapeFile.Entry<ConvShape> layer : sequence.layers()) {
      ConvShape s = layer.shape();
      ConvForward plan = backend.convForward(s, options);
      Tensor w = Task.uniform(s.w(), Task.SEED_W);
      for (int i = 0; i < layer.count(); i++) {
        boolean forth = steps.size() % 2 == 0;
        Tensor x = Tensor.wrap(s.x(), layout, forth ? even : odd, 0);
        Tensor y = Tensor.wrap(s.y(), layout, forth ? odd : even, 0);
        steps.add(new Step(plan, plan.pack(w), x, y, i == 0));
      }
    }
    return new SequenceRun(steps, sequence.outputSize(), threads);
  }

  /** An array of ones that holds any layer's input or output. */
  private static float[] images(ConvSequence sequence) {
    int most =
        sequence.layers().stream()
            .mapToInt(l -> Math.max(l.shape().x().size(), l.shape().y().size()))
            .max()
            .orElseThrow();
    float[] images = new float[most];
    Arrays.fill(images, 1);
    return images;
  }

  @Override
  public void run() {
    for (int i = 0; i < steps.size(); i++) {
      run(steps.get(i), CLAMP);
    }
  }

  private void run(Step s, Epilogue epilogue) {
    s.plan.run(s.x, s.w, epilogue, s.y, workspace, parallel);
  }

  /**
   * Each layer computes the task of its shape; layers of one line have to agree to the bit.
   *
   * @throws IllegalStateException if they do not, or if a run leaves something that is not clamped
   */
  @Override
  public float[] output() {
    run();
    requireClamped(steps.getLast().y);
    float[] output = new float[outputSize];
    int end = 0;
    for (Step s : steps) {
      s.x.copyFrom(Task.uniform(s.x.shape(), Task.SEED_X).copy(s.x.layout()));
      s.y.fill(Float.NaN);
      run(s, Epilogue.none());
      float[] y = s.y.copy(Layout.CHANNELS_FIRST).toArray();
      if (s.first) {
        System.arraycopy(y, 0, output, end, y.length);
        end += y.length;
      } else if (!Arrays.equals(output, end - y.length, end, y, 0, y.length)) {
        throw new IllegalStateException("two layers like " + s.plan.shape() + " differ");
      }
    }
    return output;
  }

  private static void requireClamped(Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      float value = y.array()[y.offset() + i];
      if (!(Math.abs(value) <= 1)) {
        throw new IllegalStateException(
            "element " + i + " of the last layer is " + value + ", expected -1 to 1");
      }
    }
  }

  @Override
  public void close() {
    if (team != null) {
      team.close();
    }
  }
}
