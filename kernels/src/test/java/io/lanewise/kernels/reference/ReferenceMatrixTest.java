package io.lanewise.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.TestData;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The matrix product and the fully connected layer: by hand, and gradients by differences. */
final class ReferenceMatrixTest {
  private static float[] gemm(GemmShape s, float[] a, float[] b, float... c) {
    Tensor out = Tensor.of(s.c(), c);
    ReferenceMatrix.gemm(s, Tensor.of(s.a(), a), Tensor.of(s.b(), b), out);
    return out.array();
  }

  @Test
  void productsOfTwoByThreeAndThreeByTwo() {
    float[] a = {1, 2, 3, 4, 5, 6};
    float[] aT = {1, 4, 2, 5, 3, 6};
    float[] b = {7, 8, 9, 10, 11, 12};
    float[] bT = {7, 9, 11, 8, 10, 12};
    float[] c = {58, 64, 139, 154};
    float nan = Float.NaN;
    assertArrayEquals(c, gemm(GemmShape.of(2, 2, 3), a, b, nan, nan, nan, nan));
    GemmShape transposed = new GemmShape(2, 2, 3, true, true, false);
    assertArrayEquals(c, gemm(transposed, aT, bT, nan, nan, nan, nan));
    GemmShape adds = new GemmShape(2, 2, 3, true, false, true);
    assertArrayEquals(new float[] {59, 66, 142, 158}, gemm(adds, aT, b, 1, 2, 3, 4));
    GemmShape empty = new GemmShape(1, 2, 0, false, true, false);
    assertArrayEquals(new float[] {0, 0}, gemm(empty, new float[0], new float[0], nan, nan));
  }

  @Test
  void sumsAreRoundedOnce() {
    // 2^24 + 1 + 1: two steps in float would stay at 2^24
    float[] c = gemm(GemmShape.of(1, 1, 3), new float[] {0x1p24f, 1, 1}, new float[] {1, 1, 1}, 0);
    assertEquals(0x1p24f + 2, c[0]);
  }

  @Test
  void aLayerByHand() {
    LinearShape s = new LinearShape(2, 2, 3);
    Tensor x = Tensor.of(s.x(), 1, 2, 3, 4);
    Tensor w = Tensor.of(s.w(), 1, 0, 0, 1, 2, -1);
    Tensor y = Tensor.zeros(s.y());
    ReferenceMatrix.linear(s, x, w, Tensor.of(s.bias(), 10, 20, 30), y);
    assertArrayEquals(new float[] {11, 22, 30, 13, 24, 32}, y.array());
    ReferenceMatrix.linear(s, x, w, null, y);
    assertArrayEquals(new float[] {1, 2, 0, 3, 4, 2}, y.array());
  }

  @Test
  void gradientsAreDifferences() {
    LinearShape s = new LinearShape(3, 4, 5);
    Tensor x = TestData.integers(s.x(), 1);
    Tensor w = TestData.integers(s.w(), 2);
    Tensor b = TestData.integers(s.bias(), 3);
    Tensor r = TestData.integers(s.y(), 4);
    Tensor dx = Tensor.zeros(s.x()).fill(Float.NaN);
    Tensor dw = Tensor.zeros(s.w()).fill(2f);
    Tensor db = Tensor.zeros(s.bias()).fill(3f);
    ReferenceMatrix.linearBackwardData(s, r, w, dx);
    ReferenceMatrix.linearBackwardWeights(s, x, r, dw, db);
    double before = loss(s, x, w, b, r);
    Tensor[] variables = {x, w, b};
    Tensor[] gradients = {dx, dw, db};
    float[] added = {0, 2, 3};
    for (int v = 0; v < variables.length; v++) {
      for (int i = 0; i < variables[v].size(); i++) {
        variables[v].array()[i] += 1;
        double difference = loss(s, x, w, b, r) - before;
        variables[v].array()[i] -= 1;
        assertEquals(difference, gradients[v].array()[i] - added[v], "variable " + v + " at " + i);
      }
    }
  }

  private static double loss(LinearShape s, Tensor x, Tensor w, Tensor b, Tensor r) {
    Tensor y = Tensor.zeros(s.y());
    ReferenceMatrix.linear(s, x, w, b, y);
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) r.array()[i] * y.array()[i];
    }
    return sum;
  }
}
