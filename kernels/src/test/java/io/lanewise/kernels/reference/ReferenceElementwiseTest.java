package io.lanewise.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.ErrorBound;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.Activations;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Activations, softmax and cross-entropy by hand, and their gradients by central differences. */
final class ReferenceElementwiseTest {
  private static final double H = 0x1p-11; // added to multiples of 2^-8, exact in float

  /** Inputs and outputs that fractions give exactly; log 2 where exponentials come in. */
  @Test
  void activationsByHand() {
    double log2 = Math.log(2);
    byHand(Activation.identity(), -3, -3, 1);
    byHand(Activation.relu(), -3, 0, 0);
    byHand(Activation.relu(), 3, 3, 1);
    byHand(Activation.relu(), 0, 0, 0);
    byHand(Activation.relu6(), 5, 5, 1);
    byHand(Activation.relu6(), 7, 6, 0);
    byHand(Activation.clamp(-2, 1), -3, -2, 0);
    byHand(Activation.clamp(-2, 1), -1, -1, 1);
    byHand(Activation.leakyRelu(0.25f), -4, -1, 0.25);
    byHand(Activation.leakyRelu(0.25f), 4, 4, 1);
    byHand(Activation.leakyRelu(-0.25f), -4, 1, -0.25);
    byHand(Activation.hardSigmoid(0.25f, 0.5f), 1, 0.75, 0.25);
    byHand(Activation.hardSigmoid(0.25f, 0.5f), -2, 0, 0);
    byHand(Activation.hardSigmoid(0.25f, 0.5f), 3, 1, 0);
    byHand(Activation.hardSwish(), 1, 2. / 3, 5. / 6);
    byHand(Activation.hardSwish(), -1, -1. / 3, 1. / 6);
    byHand(Activation.hardSwish(), -3, 0, 0);
    byHand(Activation.hardSwish(), -4, 0, 0);
    byHand(Activation.hardSwish(), 3, 3, 1);
    byHand(Activation.hardSwish(), 4, 4, 1);
    byHand(Activation.sigmoid(), log2, 2. / 3, 2. / 9);
    byHand(Activation.silu(), -log2, -log2 / 3, (1 - 2 * log2 / 3) / 3);
    byHand(Activation.tanh(), log2, 0.6, 0.64);
    byHand(Activation.step(), 2, 1, 0);
    byHand(Activation.step(), -2, 0, 0);
    byHand(Activation.threshold(1, 5), 1, 5, 0);
    byHand(Activation.threshold(1, 5), 2, 2, 1);
    byHand(Activation.elu(0.5f), -log2, -0.25, 0.25);
    byHand(Activation.elu(0.5f), 2, 2, 1);
    byHand(Activation.selu(), 2, 2.101401974710961, 1.0507009873554805);
    byHand(Activation.selu(), -log2, -0.879049670423688, 0.879049670423688);
    byHand(Activation.celu(2), -2 * log2, -1, 0.5);
    byHand(Activation.celu(2), 2, 2, 1);
    byHand(Activation.mish(), log2, 0.8 * log2, 0.8 + 0.24 * log2);
    byHand(Activation.softplus(), log2, Math.log(3), 2. / 3);
    byHand(Activation.softplus(2, 20), -log2 / 2, Math.log(1.5) / 2, 1. / 3);
    byHand(Activation.softplus(2, 20), 11, 11, 1);
    byHand(Activation.softsign(), -3, -0.75, 1. / 16);
    byHand(Activation.gelu(), 1, 0.841344746068543, 1.0833154705876864);
    byHand(Activation.gelu(), -1, -0.158655253931457, -0.0833154705876863);
    byHand(Activation.geluTanh(), 1, 0.841191990608277, 1.082964083845783);
  }

  private static void byHand(Activation f, double x, double y, double slope) {
    assertEquals(y, ReferenceElementwise.activate(f, x), 1e-15, f + " of " + x);
    double saved = f.needsInput() ? x : y;
    assertEquals(slope, ReferenceElementwise.slope(f, saved), 1e-15, f + "' of " + x);
  }

  /**
   * The central difference is off by h²/6 · |f‴|, at most h²/3 for tanh and less for the others,
   * and by the roundings of two values of at most 4, divided by 2h. No kink lies within h of the
   * grid.
   */
  @Test
  void slopesAreDifferences() {
    double h = 0x1p-17;
    double bound = h * h / 3 + 4 * 0x1p-52 / h;
    for (Activation f : Activations.all()) {
      for (double x = -4 + 1. / 32; x <= 4; x += 0.0625) {
        double forward = ReferenceElementwise.activate(f, x + h);
        double backward = ReferenceElementwise.activate(f, x - h);
        double s = f.needsInput() ? x : ReferenceElementwise.activate(f, x);
        double slope = ReferenceElementwise.slope(f, s);
        assertEquals((forward - backward) / (2 * h), slope, bound, f + " at " + x);
      }
    }
  }

  @Test
  void softmaxByHand() {
    Tensor y = Tensor.zeros(3, 2);
    float log3 = (float) Math.log(3);
    ReferenceElementwise.softmax(Tensor.of(Shape.of(3, 2), 7, 7, 1, 1 + log3, 10_000, -10_000), y);
    float[] expected = {0.5f, 0.5f, 0.25f, 0.75f, 1, 0};
    assertArrayEquals(expected, y.array(), 2e-7f);
  }

  @Test
  void logSumExpByHand() {
    Tensor x = Tensor.of(Shape.of(2, 4), 2, 2, 2, 2, 1000, 0, 0, 0);
    assertEquals(2 + Math.log(4), ReferenceElementwise.logSumExp(x, 0), 1e-15);
    assertEquals(1000, ReferenceElementwise.logSumExp(x, 1));
  }

  /** Next to logits as large as these, log 2 is less than a float64 tells. */
  @Test
  void equalLogitsOfAnySizeShareTheProbability() {
    Tensor x = Tensor.of(Shape.of(1, 2), 3e38f, 3e38f);
    Tensor y = Tensor.zeros(1, 2);
    ReferenceElementwise.softmax(x, y);
    assertArrayEquals(new float[] {0.5f, 0.5f}, y.array());
    assertEquals(Math.log(2), ReferenceElementwise.crossEntropy(x, 0, 1), 1e-15);
  }

  @Test
  void crossEntropyByHand() {
    SoftmaxCrossEntropy op = new ReferenceBackend().softmaxCrossEntropy();
    Tensor x = Tensor.of(Shape.of(2, 4), 0, 0, 0, 0, 1000, 0, 0, 0);
    Tensor losses = Tensor.zeros(2);
    Tensor p = Tensor.zeros(2, 4);
    double mean = op.forward(x, new int[] {2, 1}, losses, p, Parallel.SEQUENTIAL);
    assertArrayEquals(new float[] {(float) Math.log(4), 1000}, losses.array());
    assertEquals((Math.log(4) + 1000) / 2, mean, 1e-12);
    Tensor dx = Tensor.zeros(2, 4);
    op.backward(p, new int[] {2, 1}, dx, Parallel.SEQUENTIAL);
    float[] expected = {0.125f, 0.125f, -0.375f, 0.125f, 0.5f, -0.5f, 0, 0};
    assertArrayEquals(expected, dx.array());
    assertEquals(
        0,
        op.forward(
            Tensor.zeros(0, 4),
            new int[0],
            Tensor.zeros(0),
            Tensor.zeros(0, 4),
            Parallel.SEQUENTIAL));
  }

  /** Multiples of 2^-8 in [-3, 3). */
  private static Tensor logits(Shape shape) {
    Tensor x = TestData.uniform(shape, 1);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = Math.round(x.array()[i] * 768) / 256f;
    }
    return x;
  }

  /**
   * As a function of one logit each probability is a logistic curve or a multiple of one, whose
   * third derivative is at most 1/8; the probabilities that the gradient reads are rounded to
   * float, and so is the result.
   */
  @Test
  void softmaxGradientIsADifference() {
    Tensor x = logits(Shape.of(3, 5));
    Tensor r = TestData.uniform(x.shape(), 2);
    Tensor y = Tensor.zeros(x.shape());
    Tensor dx = Tensor.zeros(x.shape());
    ReferenceElementwise.softmax(x, y);
    ReferenceElementwise.softmaxBackward(y, r, dx);
    for (int row = 0; row < 3; row++) {
      double weights = 0;
      for (int c = 0; c < 5; c++) {
        weights += Math.abs(r.get(row, c));
      }
      for (int c = 0; c < 5; c++) {
        double difference =
            weighted(moved(x, row, c, H), r, row) - weighted(moved(x, row, c, -H), r, row);
        double bound = weights * (H * H / 48 + 4 * ErrorBound.U);
        assertEquals(difference / (2 * H), dx.get(row, c), bound, "dx[" + row + "][" + c + "]");
      }
    }
  }

  private static double weighted(Tensor x, Tensor r, int row) {
    double log = ReferenceElementwise.logSumExp(x, row);
    double sum = 0;
    for (int c = 0; c < x.shape().dim(1); c++) {
      sum += r.get(row, c) * Math.exp(x.get(row, c) - log);
    }
    return sum;
  }

  /** The loss' third derivative is the logistic curve's second: at most 1/8 again. */
  @Test
  void crossEntropyGradientIsADifference() {
    SoftmaxCrossEntropy op = new ReferenceBackend().softmaxCrossEntropy();
    int n = 3;
    int[] labels = {4, 0, 2};
    Tensor x = logits(Shape.of(n, 5));
    Tensor p = Tensor.zeros(x.shape());
    Tensor dx = Tensor.zeros(x.shape());
    op.forward(x, labels, Tensor.zeros(n), p, Parallel.SEQUENTIAL);
    op.backward(p, labels, dx, Parallel.SEQUENTIAL);
    for (int row = 0; row < n; row++) {
      for (int c = 0; c < 5; c++) {
        double difference =
            loss(moved(x, row, c, H), labels, row) - loss(moved(x, row, c, -H), labels, row);
        double bound = (H * H / 48 + 2 * ErrorBound.U) / n;
        assertEquals(difference / (2 * H) / n, dx.get(row, c), bound, "dx[" + row + "][" + c + "]");
      }
    }
  }

  private static double loss(Tensor x, int[] labels, int row) {
    return ReferenceElementwise.logSumExp(x, row) - x.get(row, labels[row]);
  }

  private static Tensor moved(Tensor x, int row, int c, double step) {
    Tensor m = x.copy();
    m.set((float) (m.get(row, c) + step), row, c);
    return m;
  }
}
