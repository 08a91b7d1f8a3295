package io.lanewise.benchmarks.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.ConvSequence;
import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.benchmarks.model.ModelSession;
import io.lanewise.benchmarks.model.SmallModel;
import io.lanewise.benchmarks.plan.CodeOperands;
import io.lanewise.benchmarks.plan.Planned;
import io.lanewise.benchmarks.plan.Plans;
import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.onnx.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parts agree with the whole reference, element by element at their places, and nothing else
 * passes.
 */
class ExpectationTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private static final ReferenceBackend REFERENCE = new ReferenceBackend();

  /** For each element of these the reference looks through a whole plane, or through all of x. */
  private static final Set<Op> THOROUGH =
      Set.of(Op.LRN, Op.RESIZE_LINEAR, Op.RESIZE_NEAREST, Op.GRID_SAMPLE);

  // Some small enough to be compared in full, some large enough to be compared in parts.
  static Stream<Task> tasks() {
    List<String> convs =
        List.of(
            "n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 pt1 pb0 pl1 pr2 g2",
            "n3 ic4 ih6 oc8 kh3 d2 p2 g4",
            "ic3 ih5 oc5 kh1",
            "n4 ic12 ih17 oc10 kh5 p2",
            "n2 ic6 iw30 oc4 kw5 s2 g2",
            "n1 ic4 id5 ih4 iw6 oc6 kd3 kh2 p1 g2",
            "n2 ic12 id9 ih10 oc10 kd3 kh3 p1");
    List<String> transposed =
        List.of(
            "n2 ic6 ih4 iw5 oc4 kh3 s2 p1 op1 g2",
            "n2 ic6 iw9 oc4 kw4 s2",
            "n1 ic4 id3 ih4 iw5 oc6 kd2 kh2 s2",
            "n4 ic20 ih17 oc16 kh4 s2 p1");
    String model = SmallModel.file();
    List<String> models = List.of(model + " 1x3x8x8", model + " 3x3x8x8");
    List<String> linears = List.of("n3 in5 out7", "n9 in700 out400");
    List<String> pools =
        List.of("n2 c3 ih7 iw6 kh3 s2 p1", "n1 c2 ih5 kh2 s3", "n4 c25 ih55 kh4 s1 p2");
    List<String> sizes = List.of("7", "3x5x2", "8x40x1000");
    List<String> rows = List.of("3x10", "210x2000");
    List<String> images = List.of("2x32x5x7", "1x64x90x91");
    List<String> narrow = List.of("n2 ic6 ih7 iw9 oc4 kh3 s2 p1 g2", "n1 ic12 ih30 oc20 kh3");
    return Stream.of(
            tasks(List.of("m5 n7 k11", "m150 n120 k130"), Op.GEMM),
            tasks(convs, Op.CONV, Op.CONV_BACKWARD_DATA, Op.CONV_BACKWARD_WEIGHTS),
            tasks(List.of("lenet5 n2", "lenet5 n20"), Op.CONV_SEQUENCE),
            tasks(models, Op.MODEL),
            tasks(transposed, Op.CONV_TRANSPOSED),
            tasks(linears, Op.LINEAR, Op.LINEAR_BACKWARD_DATA, Op.LINEAR_BACKWARD_WEIGHTS),
            tasks(pools, Op.MAX_POOL, Op.MAX_POOL_BACKWARD, Op.AVG_POOL, Op.AVG_POOL_BACKWARD),
            tasks(sizes, Op.RELU, Op.RELU_BACKWARD, Op.TANH, Op.TANH_BACKWARD),
            tasks(images, of(4)),
            tasks(rows, of(2)),
            tasks(
                sizes,
                Op.ADD_RELU,
                Op.SIGMOID,
                Op.SILU,
                Op.GELU,
                Op.DROPOUT,
                Op.QUANTISE,
                Op.DEQUANTISE),
            tasks(linears, Op.LINEAR_INT8, Op.LINEAR_BFLOAT16),
            tasks(narrow, Op.CONV_INT8),
            tasks(rows, Op.SOFTMAX_BACKWARD, Op.SOFTMAX_CROSS_ENTROPY))
        .flatMap(s -> s);
  }

  /** The operations on so many sizes. */
  private static Op[] of(int axes) {
    return Stream.of(Op.values()).filter(op -> op.axes() == axes).toArray(Op[]::new);
  }

  private static Stream<Task> tasks(List<String> shapes, Op... ops) {
    return Stream.of(ops).flatMap(op -> shapes.stream().map(shape -> Task.of(op, shape)));
  }

  @Test
  void everyOperationIsHere() {
    assertEquals(Op.values().length, tasks().map(Task::op).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void rightResultsPassAndWrongOnesDoNot(Task task) {
    Expectation expectation = Expectation.of(task);
    float[] result = reference(task);
    Verdict right = expectation.check(result);
    assertTrue(right.problem().isEmpty(), right.toString());
    assertTrue(right.worstError() < 1e-6, right.toString());
    assertTrue(right.rmsError() < 1e-6, right.toString());

    for (int at : new int[] {0, result.length - 1}) { // both are always compared
      float value = result[at];
      result[at] = value + distance(task) * (Math.abs(value) + 1);
      Verdict wrong = expectation.check(result);
      assertTrue(wrong.problem().orElse("").startsWith(task + ", "), wrong.toString());
      assertTrue(wrong.problem().get().contains(" within "), wrong.toString());
      assertTrue(wrong.worstError() > 1e-4, wrong.toString());
      result[at] = value;
    }
    int middle = result.length / 3;
    result[middle] = Float.NaN; // everywhere
    assertEquals(
        task + ": element " + middle + " is NaN",
        expectation.check(result).problem().orElseThrow());
    assertTrue(expectation.check(new float[0]).problem().orElseThrow().contains("elements, got 0"));
  }

  /** What is certainly wrong, in parts of an element: the sums of long rows are less exact. */
  private static float distance(Task task) {
    return switch (task.op()) {
      case CONV_INT8 -> 2; // one code more is right
      case SUM_ROWS, SUM_COLUMNS -> 0.1f;
      default -> 0.01f;
    };
  }

  /** 3 off in one of four elements, of which the greatest is 6 and the squares add up to 56. */
  @Test
  void errorsArePartsOfTheOutputsScale() {
    float[] want = {6, -4, 2, 0};
    float[] got = {6, -4, 5, 0};
    double[] bounds = {1, 1, 1, 1};
    Expectation e = new Expectation("t", 4, List.of(new Part("p", 0, 1, want, bounds)));
    Verdict verdict = e.check(got);
    assertEquals(3 / 6.0, verdict.worstError());
    assertEquals(Math.sqrt(9 / 56.0), verdict.rmsError());
    assertTrue(verdict.problem().isPresent());
    float[] zeros = new float[4];
    Expectation zero = new Expectation("t", 4, List.of(new Part("p", 0, 1, zeros, bounds)));
    assertEquals(0, zero.check(zeros).rmsError());
    assertEquals(0.5, zero.check(new float[] {0, 0.5f, 0, 0}).rmsError());
  }

  @Test
  void aFileKeepsEverything(@TempDir Path folder) throws IOException {
    Task task = Task.of(Op.LINEAR, "n3 in5 out7");
    Path file = folder.resolve("expectation");
    Expectation.of(task).write(file);
    Expectation read = Expectation.read(file);
    float[] result = reference(task);
    assertEquals(Expectation.of(task).check(result), read.check(result));
    result[20]++;
    assertEquals(Expectation.of(task).check(result), read.check(result));
    assertTrue(read.check(result).problem().isPresent());
  }

  /** The whole result, by the reference's own plans. */
  private static float[] reference(Task task) {
    return switch (task.op().forward()) {
      case GEMM -> {
        Tensor c = Tensor.zeros(task.gemm().c());
        Tensor a = Task.uniform(task.gemm().a(), Task.SEED_X);
        Tensor b = Task.uniform(task.gemm().b(), Task.SEED_W);
        REFERENCE.gemm(task.gemm()).run(a, b, c, Workspace.NONE, ONE);
        yield c.toArray();
      }
      case CONV -> conv(task);
      case MODEL -> model(task.model());
      case LINEAR_INT8, LINEAR_BFLOAT16 -> narrow(task);
      case CONV_SEQUENCE -> sequence(task);
      case CONV_TRANSPOSED -> transposed(task);
      case LINEAR -> linear(task);
      case MAX_POOL, AVG_POOL -> pool(task);
      case RELU, TANH -> elementwise(task);
      case SOFTMAX -> softmax(task);
      default -> {
        Backend backend = THOROUGH.contains(task.op()) ? CpuBackend.scalar() : REFERENCE;
        Planned planned = Plans.of(backend, task, Layout.CHANNELS_FIRST, 1);
        planned.run().accept(ONE);
        yield planned.output().get();
      }
    };
  }

  private static float[] conv(Task task) {
    ConvShape s = task.conv();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    Tensor y = Task.uniform(s.y(), Task.SEED_DY);
    if (task.op() == Op.CONV) {
      var conv = REFERENCE.convForward(s);
      conv.run(x, conv.pack(w), Epilogue.none(), y, Workspace.NONE, ONE);
      return y.toArray();
    }
    if (task.op() == Op.CONV_BACKWARD_DATA) {
      var conv = REFERENCE.convBackwardData(s);
      conv.run(y, conv.pack(w), x, Workspace.NONE, ONE);
      return x.toArray();
    }
    REFERENCE.convBackwardWeights(s).run(x, y, w.fill(0), null, Workspace.NONE, ONE);
    return w.toArray();
  }

  private static float[] sequence(Task task) {
    ConvSequence sequence = ConvSequence.of(task);
    float[] all = new float[sequence.outputSize()];
    int at = 0;
    for (ShapeFile.Entry<ConvShape> layer : sequence.layers()) {
      float[] y = conv(new Task(Op.CONV, layer.shape().toString()));
      System.arraycopy(y, 0, all, at, y.length);
      at += y.length;
    }
    return all;
  }

  private static float[] model(Task.Model model) {
    Tensor x = Task.uniform(model.x(), Task.SEED_X);
    SessionOptions options = SessionOptions.defaults().backend(REFERENCE);
    try (ModelSession session = ModelSession.of(model.name(), x, options)) {
      session.run();
      float[] y = session.outputs().get(0).toArray();
      float[] means = session.outputs().get(1).toArray();
      float[] all = Arrays.copyOf(y, y.length + means.length);
      System.arraycopy(means, 0, all, y.length, means.length);
      return all;
    }
  }

  private static float[] transposed(Task task) {
    TransposedConvShape s = task.transposedConv();
    var conv = REFERENCE.transposedConvForward(s);
    Tensor y = Tensor.zeros(s.y());
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    conv.run(x, conv.pack(w), Epilogue.none(), y, Workspace.NONE, ONE);
    return y.toArray();
  }

  private static float[] narrow(Task task) {
    LinearShape s = task.linear();
    Tensor y = Tensor.zeros(s.y());
    boolean int8 = task.op() == Op.LINEAR_INT8;
    var linear =
        REFERENCE.quantised().narrowLinear(s, int8 ? WeightFormat.INT8 : WeightFormat.BFLOAT16);
    Tensor w = task.linearWeights();
    var packed =
        int8 ? linear.pack(CodeOperands.codes(w, CodeOperands.W), CodeOperands.W) : linear.pack(w);
    linear.run(Task.uniform(s.x(), Task.SEED_X), packed, null, y, Workspace.NONE, ONE);
    return y.toArray();
  }

  private static float[] linear(Task task) {
    LinearShape s = task.linear();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor w = Task.uniform(s.w(), Task.SEED_W);
    Tensor y = Task.uniform(s.y(), Task.SEED_DY);
    if (task.op() == Op.LINEAR) {
      var linear = REFERENCE.linearForward(s);
      var packed = linear.newWeights();
      linear.pack(w, packed);
      linear.run(x, packed, null, y, Workspace.NONE, ONE);
      return y.toArray();
    }
    if (task.op() == Op.LINEAR_BACKWARD_DATA) {
      REFERENCE.linearBackwardData(s).run(y, w, x, Workspace.NONE, ONE);
      return x.toArray();
    }
    REFERENCE.linearBackwardWeights(s).run(x, y, w.fill(0), null, Workspace.NONE, ONE);
    return w.toArray();
  }

  private static float[] pool(Task task) {
    PoolShape s = task.pool();
    Tensor x = Task.uniform(s.x(), Task.SEED_X);
    Tensor dy = Task.uniform(s.y(), Task.SEED_DY);
    Tensor y = Tensor.zeros(s.y());
    if (task.op().forward() == Op.AVG_POOL) {
      var pool = REFERENCE.avgPool(s, false);
      if (task.op() == Op.AVG_POOL) {
        pool.forward(x, y, Workspace.NONE, ONE);
        return y.toArray();
      }
      pool.backward(dy, x, Workspace.NONE, ONE);
      return x.toArray();
    }
    var pool = REFERENCE.maxPool(s);
    int[] indices = new int[y.size()];
    pool.forward(x, y, indices, Workspace.NONE, ONE);
    if (task.op() == Op.MAX_POOL) {
      return y.toArray();
    }
    pool.backward(dy, indices, x, ONE);
    return x.toArray();
  }

  private static float[] elementwise(Task task) {
    var op =
        REFERENCE.activation(
            task.op().forward() == Op.RELU ? Activation.relu() : Activation.tanh());
    Tensor x = Task.uniform(task.sizes(), Task.SEED_X);
    op.forward(x, x, ONE);
    if (task.op() != task.op().forward()) {
      op.backward(x, Task.uniform(task.sizes(), Task.SEED_DY), x, ONE);
    }
    return x.toArray();
  }

  private static float[] softmax(Task task) {
    Shape s = task.sizes();
    Tensor x = Task.uniform(s, Task.SEED_X);
    if (task.op() == Op.SOFTMAX_CROSS_ENTROPY) {
      int[] labels = Task.labels(s.dim(0), s.dim(1));
      var loss = REFERENCE.softmaxCrossEntropy();
      loss.forward(x, labels, Tensor.zeros(Shape.of(s.dim(0))), x, ONE);
      loss.backward(x, labels, x, ONE);
      return x.toArray();
    }
    REFERENCE.softmax().forward(x, x, ONE);
    if (task.op() == Op.SOFTMAX_BACKWARD) {
      Tensor dx = Tensor.zeros(s);
      REFERENCE.softmax().backward(x, Task.uniform(s, Task.SEED_DY), dx, ONE);
      return dx.toArray();
    }
    return x.toArray();
  }
}
