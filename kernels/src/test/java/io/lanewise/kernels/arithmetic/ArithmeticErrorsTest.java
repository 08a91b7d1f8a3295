package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What plans and runs refuse, and in which words; the reference in the same. */
final class ArithmeticErrorsTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private final float[] array = new float[200];

  static List<Backend> backends() {
    return List.of(Backend.best(), CpuBackend.scalar(), new ReferenceBackend());
  }

  private Tensor at(int offset, int... dims) {
    return Tensor.wrap(Shape.of(dims), array, offset);
  }

  private static Workspace workspace(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void plansThatCannotBe(Backend backend) {
    Arithmetic a = backend.arithmetic();
    Shape s = Shape.of(2, 3);
    assertRefused(
        () -> a.binary(BinaryOp.ADD, s, Shape.of(2)), "equal or 1 along each axis", "[2, 3]");
    assertRefused(() -> a.where(s, s, Shape.of(4)), "equal or 1 along each axis", "[4]");
    Shape nine = Shape.of(1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertRefused(() -> a.binary(BinaryOp.ADD, nine, nine), "at most 8 dimensions");
    assertRefused(
        () -> a.binary(BinaryOp.ADD, s, Shape.of(3), Activation.identity(), Layout.CHANNELS_LAST),
        "channels last");
    assertRefused(() -> a.clip(2, 1), "min <= max", "[2.0, 1.0]");
    assertRefused(() -> a.clip(Float.NaN, 1), "min <= max");
    assertRefused(() -> a.reduce(ReduceOp.SUM, s, false, 2), "axes", "[-2, 2)", "[2]");
    assertRefused(() -> a.reduce(ReduceOp.PROD, s, false, 1, -1), "different");
    assertRefused(() -> a.reduce(ReduceOp.SUM, s, false, Layout.CHANNELS_LAST, 1), "must be kept");
    assertRefused(() -> a.argMax(Shape.of(3, 0), false, false, 1), "empty axis");
    assertRefused(() -> a.topK(s, 1, 4, true), "k must be in [0, 3]", "got 4");
    assertRefused(() -> a.topK(s, 2, 1, true), "axes");
    assertRefused(() -> a.cumulativeSum(s, 2, false, false), "axes");
    assertRefused(() -> a.matMul(s, s), "inner sizes", "[2, 3]");
    assertRefused(() -> a.matMul(Shape.of(), s), "at least one dimension");
    assertRefused(() -> a.matMul(Shape.of(2, 3, 4), Shape.of(3, 4, 5)), "equal or 1");
    assertThrows(
        UnsupportedOperationException.class,
        () -> a.unary(UnaryOp.NOT).backward(at(0, 2), at(2, 2), at(4, 2), ONE));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void binaryRunsThatCannotBe(Backend backend) {
    Binary op = backend.arithmetic().binary(BinaryOp.MUL, Shape.of(4, 5), Shape.of(5));
    Workspace ws = workspace(op.workspace());
    Tensor a = at(0, 4, 5);
    Tensor b = at(20, 5);
    Tensor y = at(40, 4, 5);
    assertRefused(() -> op.forward(b, b, y, ws, ONE), "a must have shape [4, 5], got [5]");
    assertRefused(() -> op.forward(a, a, y, ws, ONE), "b must have shape [5], got [4, 5]");
    assertRefused(() -> op.forward(a, b, at(40, 5, 4), ws, ONE), "y must have shape");
    assertRefused(() -> op.forward(a, b, at(1, 4, 5), ws, ONE), "y must be a itself");
    assertRefused(() -> op.forward(a, at(45, 5), y, ws, ONE), "y must not share elements with b");
    Tensor da = at(60, 4, 5);
    Tensor db = at(80, 5);
    Tensor dy = at(100, 4, 5);
    assertRefused(
        () -> op.backward(a, b, null, dy, at(10, 4, 5), db, ws, ONE),
        "da must not share elements with a");
    assertRefused(
        () -> op.backward(a, b, null, dy, da, at(70, 5), ws, ONE),
        "da must not share elements with db");
    assertRefused(
        () -> op.backward(a, b, null, dy, da, at(105, 5), ws, ONE),
        "db must not share elements with dy");
    assertRefused(() -> op.backward(a, b, null, b, da, db, ws, ONE), "dy must have shape");
    if (op.workspace().floatsPerWorker() > 0) {
      assertRefused(() -> op.forward(a, b, y, Workspace.NONE, ONE), "workspace");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void otherRunsThatCannotBe(Backend backend) {
    Arithmetic arithmetic = backend.arithmetic();
    Unary unary = arithmetic.unary(UnaryOp.EXP);
    assertRefused(() -> unary.forward(at(0, 9), at(1, 9), ONE), "y must be x itself");
    assertRefused(
        () -> unary.backward(at(0, 9), at(20, 9), at(21, 9), ONE), "dx must be dy itself");
    for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.PROD)) {
      AxisReduction sum = arithmetic.reduce(op, Shape.of(4, 5), false, 1);
      Workspace ws = workspace(sum.workspace());
      assertRefused(() -> sum.forward(at(0, 4, 5), at(9, 4), ws, ONE), "y must not share");
      assertRefused(() -> sum.forward(at(0, 4, 4), at(30, 4), ws, ONE), "x must have shape");
      assertRefused(
          () -> sum.backward(at(0, 4, 5), at(30, 4), at(40, 4), at(39, 4, 5), ws, ONE),
          "dx must not share");
    }
    ArgReduction arg = arithmetic.argMax(Shape.of(4, 5), false, false, 1);
    Workspace argWs = workspace(arg.workspace());
    assertRefused(() -> arg.run(at(0, 4, 5), new int[3], argWs, ONE), "4 indices", "got 3");
    TopK top = arithmetic.topK(Shape.of(4, 5), 1, 2, true);
    Workspace topWs = workspace(top.workspace());
    assertRefused(
        () -> top.forward(at(0, 4, 5), at(30, 4, 2), new int[9], topWs, ONE), "8 indices");
    int[] wrong = {0, 1, 2, 3, 4, 5, 0, 1};
    assertRefused(
        () -> top.backward(wrong, at(0, 4, 2), at(30, 4, 5), ONE), "indices must be in [0, 5)");
    CumulativeSum sums = arithmetic.cumulativeSum(Shape.of(9), 0, false, false);
    assertRefused(() -> sums.forward(at(0, 9), at(0, 9), ONE), "y must not share");
    MatMul product = arithmetic.matMul(Shape.of(2, 3), Shape.of(3, 4));
    Workspace ws = workspace(product.workspace());
    assertRefused(
        () -> product.forward(at(0, 2, 3), at(10, 3, 4), at(5, 2, 4), ws, ONE),
        "y must not share elements with a");
    Where where = arithmetic.where(Shape.of(3), Shape.of(3), Shape.of());
    Workspace whereWs = workspace(where.workspace());
    assertRefused(
        () -> where.forward(at(0, 3), at(5, 3), at(11), at(10, 3), whereWs, ONE),
        "y must not share elements with b");
  }
}
