package io.lanewise.kernels;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seam: every backend plans what it is asked for, and one drops in for another. */
final class BackendTest {
  private static final Parallel SEQ = Parallel.SEQUENTIAL;

  static List<Backend> backends() {
    return List.of(new ReferenceBackend(), CpuBackend.best(), CpuBackend.scalar());
  }

  /** Every operation once, on small integers. */
  private static List<Tensor> everything(Backend b) {
    List<Tensor> results = new ArrayList<>();
    gemm(b, results);
    conv(b, results);
    linear(b, results);
    pool(b, results);
    relu(b, results);
    return results;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void givesTheReferencesResults(Backend b) {
    List<Tensor> expected = everything(new ReferenceBackend());
    List<Tensor> got = everything(b);
    assertEquals(11, got.size());
    for (int i = 0; i < expected.size(); i++) {
      assertExact(expected.get(i), got.get(i), "result " + i + " of " + b.describe());
    }
    assertFalse(b.describe().isBlank());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void softmaxAndTanhAgreeToTheFifthDigit(Backend b) {
    Tensor x = TestData.uniform(Shape.of(3, 5), 1);
    int[] labels = {0, 4, 2};
    for (Backend other : List.of(new ReferenceBackend(), b)) {
      Tensor y = Tensor.zeros(3, 5);
      other.softmax().forward(x, y, SEQ);
      assertEquals(1, y.get(0, 0) + y.get(0, 1) + y.get(0, 2) + y.get(0, 3) + y.get(0, 4), 1e-5);
    }
    Backend reference = new ReferenceBackend();
    assertEquals(meanLoss(reference, x, labels), meanLoss(b, x, labels), 1e-5);
    ActivationOp tanh = b.activation(Activation.tanh());
    assertEquals(Activation.tanh(), tanh.activation());
    Tensor y = Tensor.zeros(3, 5);
    tanh.forward(x, y, SEQ);
    assertEquals(Math.tanh(x.get(2, 4)), y.get(2, 4), 1e-5);
  }

  private static double meanLoss(Backend b, Tensor x, int[] labels) {
    return b.softmaxCrossEntropy().forward(x, labels, Tensor.zeros(3), Tensor.zeros(3, 5), SEQ);
  }

  @Test
  void theBestIsMadeOnce() {
    assertSame(CpuBackend.best(), CpuBackend.best());
    assertSame(CpuBackend.best(), Backend.best());
  }

  private static void gemm(Backend b, List<Tensor> results) {
    GemmShape s = new GemmShape(3, 5, 4, true, false, true);
    Gemm plan = b.gemm(s);
    assertEquals(s, plan.shape());
    Tensor c = TestData.integers(s.c(), 3);
    plan.run(
        TestData.integers(s.a(), 1),
        TestData.integers(s.b(), 2),
        c,
        TestData.workspace(plan.workspace(), SEQ),
        SEQ);
    results.add(c);
  }

  private static void conv(Backend b, List<Tensor> results) {
    ConvShape s = ConvShape.parse("n2 ic4 ih5 oc6 kh3 s2 p1 g2");
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Tensor dy = TestData.integers(s.y(), 3);
    ConvForward forward = b.convForward(s);
    ConvBackwardData data = b.convBackwardData(s);
    ConvBackwardWeights weights = b.convBackwardWeights(s);
    assertEquals(List.of(s, s, s), List.of(forward.shape(), data.shape(), weights.shape()));
    WorkspaceSpec spec = forward.workspace().max(data.workspace()).max(weights.workspace());
    Tensor y = Tensor.zeros(s.y());
    Tensor dx = Tensor.zeros(s.x());
    Tensor dw = TestData.integers(s.w(), 4);
    Tensor db = TestData.integers(s.bias(), 5);
    Epilogue epilogue = Epilogue.bias(TestData.integers(s.bias(), 6)).relu();
    forward.run(x, forward.pack(w), epilogue, y, TestData.workspace(spec, SEQ), SEQ);
    data.run(dy, data.pack(w), dx, TestData.workspace(spec, SEQ), SEQ);
    weights.run(x, dy, dw, db, TestData.workspace(spec, SEQ), SEQ);
    results.addAll(List.of(y, dx, dw, db));
  }

  private static void linear(Backend b, List<Tensor> results) {
    LinearShape s = new LinearShape(2, 7, 3);
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Tensor dy = TestData.integers(s.y(), 3);
    LinearForward forward = b.linearForward(s);
    LinearBackwardData data = b.linearBackwardData(s);
    LinearBackwardWeights weights = b.linearBackwardWeights(s);
    assertEquals(List.of(s, s, s), List.of(forward.shape(), data.shape(), weights.shape()));
    WorkspaceSpec spec = forward.workspace().max(data.workspace()).max(weights.workspace());
    PackedWeights packed = forward.newWeights();
    forward.pack(w, packed);
    Tensor y = Tensor.zeros(s.y());
    Tensor dx = Tensor.zeros(s.x());
    Tensor dw = Tensor.zeros(s.w());
    Tensor bias = TestData.integers(s.bias(), 4);
    forward.run(x, packed, bias, y, TestData.workspace(spec, SEQ), SEQ);
    data.run(dy, w, dx, TestData.workspace(spec, SEQ), SEQ);
    weights.run(x, dy, dw, bias, TestData.workspace(spec, SEQ), SEQ);
    results.addAll(List.of(y, dx, dw, bias));
  }

  private static void pool(Backend b, List<Tensor> results) {
    PoolShape s = PoolShape.square(1, 2, 40, 40, 2, 1, 1); // rows longer than any vector
    Tensor x = TestData.integers(s.x(), 1);
    MaxPool max = b.maxPool(s);
    assertEquals(s, max.shape());
    Tensor y = Tensor.zeros(s.y());
    max.forward(x, y, new int[y.size()], TestData.workspace(max.workspace(), SEQ), SEQ);
    for (boolean counts : new boolean[] {true, false}) {
      AvgPool average = b.avgPool(s, counts);
      assertEquals(counts, average.countsPadding());
      Tensor mean = Tensor.zeros(s.y());
      average.forward(x, mean, TestData.workspace(average.workspace(), SEQ), SEQ);
      for (int i = 0; i < y.size(); i++) {
        y.array()[i] = 8 * y.array()[i] + mean.array()[i]; // averages of four: exact
      }
    }
    results.add(y);
  }

  private static void relu(Backend b, List<Tensor> results) {
    Tensor x = TestData.integers(Shape.of(41), 1);
    b.activation(Activation.relu()).forward(x, x, SEQ);
    results.add(x);
  }
}
