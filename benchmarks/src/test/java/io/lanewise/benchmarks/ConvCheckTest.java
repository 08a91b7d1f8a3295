package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.reference.ReferenceMatrix;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks accept what the whole reference computes and nothing beside it. */
class ConvCheckTest {
  private static final String LARGE = "ic16 ih24 oc20 kh5 p2"; // only some channels are compared

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n2 ic6 ih7 iw9 oc4 kh3 kw2 sh2 pt1 pb0 pl1 pr2 g2",
        "n3 ic4 ih6 oc8 kh3 d2 p2 g4",
        "ic3 ih5 oc5 kh1",
        LARGE
      })
  void rightResultsPassAndWrongOnesDoNot(String text) {
    ConvShape s = ConvShape.parse(text);
    Tensor x = Inputs.uniform(s.x(), 1);
    Tensor w = Inputs.uniform(s.w(), 2);
    Tensor dy = Inputs.uniform(s.y(), 3);
    Tensor y = Tensor.zeros(s.y());
    Tensor dx = Tensor.zeros(s.x());
    Tensor dw = Tensor.zeros(s.w());
    Tensor db = Tensor.zeros(s.bias());
    ReferenceConv.forward(s, x, w, null, y);
    ReferenceConv.backwardData(s, dy, w, dx);
    ReferenceConv.backwardWeights(s, x, dy, dw, db);

    requireNoticed(() -> ConvCheck.forward(s, x, w, y, "y"), y, "y of " + s);
    requireNoticed(() -> ConvCheck.backwardData(s, dy, w, dx, "dx"), dx, "dx of " + s);
    requireNoticed(() -> ConvCheck.backwardWeights(s, x, dy, dw, db, "dw"), dw, "dw of " + s);
    requireNoticed(() -> ConvCheck.backwardWeights(s, x, dy, dw, db, "dw"), db, "dw bias of " + s);
  }

  @Test
  void productsAreComparedRowByRow() {
    GemmShape s = GemmShape.of(5, 7, 11);
    Tensor a = Inputs.uniform(s.a(), 1);
    Tensor b = Inputs.uniform(s.b(), 2);
    Tensor c = Tensor.zeros(s.c());
    ReferenceMatrix.gemm(s, a, b, c);
    requireNoticed(() -> GemmCheck.product(s, a, b, c, "c"), c, "c, row 4: element 6");
  }

  /** The last element belongs to the last channel, which is always compared. */
  private static void requireNoticed(Executable check, Tensor result, String message) {
    assertDoesNotThrow(check);
    int last = result.size() - 1;
    float right = result.array()[last];
    for (float wrong : new float[] {right + 0.01f, Float.NaN}) {
      result.array()[last] = wrong;
      AssertionError e = assertThrows(AssertionError.class, check);
      assertTrue(e.getMessage().contains(message), e.getMessage());
    }
    result.array()[last] = right;
    assertDoesNotThrow(check);
  }
}
