package io.lanewise.benchmarks.plan;

import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;

/** Operands of operations on codes of 8 bits, the same for all contenders. */
public final class CodeOperands {
  /** Of x, whose numbers are in [-1, 1). */
  public static final Quantisation X =
      Quantisation.perTensor(QuantisedType.UINT8, 1f / Task.CODES, Task.CODES + 1);

  /** Of weights, whose numbers are in [-1, 1). */
  public static final Quantisation W =
      Quantisation.perTensor(QuantisedType.INT8, 1f / Task.CODES, 0);

  private CodeOperands() {}

  /**
   * Of a convolution's y: three standard deviations of its sums are as far as codes go. A product
   * of two uniform numbers in [-1, 1) has the variance 1/9.
   */
  public static Quantisation y(ConvShape s) {
    float deviation = (float) Math.sqrt(s.reduction()) / 3;
    return Quantisation.perTensor(QuantisedType.UINT8, 3 * deviation / Task.CODES, Task.CODES + 1);
  }

  /** A convolution's x, before it is quantised. */
  public static Tensor x(Task task) {
    return Task.uniform(task.conv().x(), Task.SEED_X);
  }

  /** A convolution's w, before it is quantised. */
  public static Tensor w(Task task) {
    return Task.uniform(task.conv().w(), Task.SEED_W);
  }

  /** The codes of all elements, in a tensor's own layout. */
  public static ByteTensor codes(Tensor t, Quantisation q) {
    ByteTensor codes = ByteTensor.zeros(t.shape(), t.layout());
    for (int i = 0; i < t.size(); i++) {
      codes.array()[i] = q.code(t.array()[t.offset() + i], 0);
    }
    return codes;
  }

  /** The integers that codes stand for, less their zero point, in a tensor's own layout. */
  public static Tensor integers(Tensor t, Quantisation q) {
    Tensor integers = Tensor.zeros(t.shape(), t.layout());
    for (int i = 0; i < t.size(); i++) {
      byte code = q.code(t.array()[t.offset() + i], 0);
      integers.array()[i] = q.type().code(code) - q.zeroPoint(0);
    }
    return integers;
  }
}
