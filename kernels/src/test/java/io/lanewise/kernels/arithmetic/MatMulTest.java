package io.lanewise.kernels.arithmetic;

import static io.lanewise.kernels.ErrorBound.assertExact;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.REFERENCE;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.ways;
import static io.lanewise.kernels.arithmetic.ArithmeticCases.workspace;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.arithmetic.ArithmeticCases.Way;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NumPy's matrix product: vectors, matrices and batches that are broadcast. Sums are exact. */
final class MatMulTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static List<int[][]> shapes() {
    return List.of(
        new int[][] {{3}, {3}, {}},
        new int[][] {{2, 3}, {3}, {2}},
        new int[][] {{3}, {3, 4}, {4}},
        new int[][] {{2, 3}, {3, 4}, {2, 4}},
        new int[][] {{5, 2, 3}, {3, 4}, {5, 2, 4}},
        new int[][] {{5, 2, 3}, {1, 3, 4}, {5, 2, 4}},
        new int[][] {{5, 2, 3}, {5, 3, 4}, {5, 2, 4}},
        new int[][] {{2, 3}, {5, 3, 4}, {5, 2, 4}},
        new int[][] {{2, 1, 3, 4}, {1, 3, 4, 2}, {2, 3, 3, 2}},
        new int[][] {{2, 1, 3, 4}, {3, 4, 2}, {2, 3, 3, 2}},
        new int[][] {{3}, {5, 3, 4}, {5, 4}},
        new int[][] {{5, 2, 3}, {3}, {5, 2}},
        new int[][] {{0, 2, 3}, {3, 4}, {0, 2, 4}},
        new int[][] {{0, 2, 3}, {1, 3, 4}, {0, 2, 4}},
        new int[][] {{2, 0}, {0, 3}, {2, 3}},
        new int[][] {{4, 2, 0}, {4, 0, 3}, {4, 2, 3}},
        new int[][] {{17, 40}, {40, 33}, {17, 33}},
        new int[][] {{1, 1}, {1, 1}, {1, 1}});
  }

  private static Tensor forward(MatMul op, Tensor a, Tensor b, Parallel par) {
    Guarded y = Guarded.unwritten(op.y());
    op.forward(a, b, y.tensor(), workspace(op.workspace(), par), par);
    y.assertGuardsIntact(op.a() + " " + op.b());
    return y.tensor();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bothDirectionsAreThoseOfTheReference(int[][] dims) {
    Shape sa = Shape.of(dims[0]);
    Shape sb = Shape.of(dims[1]);
    MatMul reference = REFERENCE.matMul(sa, sb);
    assertEquals(Shape.of(dims[2]), reference.y());
    Tensor a = TestData.integers(sa, 1);
    Tensor b = TestData.integers(sb, 2);
    Tensor y = Tensor.zeros(reference.y());
    reference.forward(a, b, y, Workspace.NONE, ONE);
    Tensor dy = TestData.integers(y.shape(), 3);
    Tensor da = Tensor.zeros(sa);
    Tensor db = Tensor.zeros(sb);
    reference.backward(a, b, dy, da, db, Workspace.NONE, ONE);
    for (Way way : ways()) {
      String context = sa + " " + sb + " " + way;
      MatMul plan = way.arithmetic().matMul(sa, sb);
      assertEquals(reference.y(), plan.y(), context);
      assertExact(y, forward(plan, a, b, way.par()), context);
      Guarded gotA = Guarded.unwritten(sa);
      Guarded gotB = Guarded.unwritten(sb);
      Workspace ws = workspace(plan.workspace(), way.par());
      plan.backward(a, b, dy, gotA.tensor(), gotB.tensor(), ws, way.par());
      gotA.assertGuardsIntact(context);
      gotB.assertGuardsIntact(context);
      assertExact(da, gotA.tensor(), context + " da");
      assertExact(db, gotB.tensor(), context + " db");
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void bitsDependOnNeitherVectorsNorThreads(int[][] dims) {
    Shape sa = Shape.of(dims[0]);
    Shape sb = Shape.of(dims[1]);
    Tensor a = TestData.uniform(sa, 1);
    Tensor b = TestData.uniform(sb, 2);
    List<Arithmetic> fused = ArithmeticCases.fused();
    Tensor scalar = forward(fused.get(1).matMul(sa, sb), a, b, ONE);
    Tensor best = forward(fused.get(0).matMul(sa, sb), a, b, Teams.THREE);
    assertSameBits(scalar.copy(), best.copy(), sa + " " + sb);
  }
}
