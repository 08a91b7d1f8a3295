package io.lanewise.kernels.reference;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.QuantisedWeights;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Codes, one element at a time. */
final class ReferenceCodes {
  private ReferenceCodes() {}

  /** Weights as they came. */
  record Weights(ByteTensor w, Quantisation q) implements QuantisedWeights {
    @Override
    public String layout() {
      return "reference, as they came";
    }

    /** {@code w - zeroPoint} of an element of output {@code o}. */
    int value(int element, int o) {
      return q.type().code(w.array()[w.offset() + element]) - q.zeroPoint(o);
    }

    static Weights require(QuantisedWeights w) {
      if (w instanceof Weights weights) {
        return weights;
      }
      throw new IllegalArgumentException(
          "these weights are packed as '" + w.layout() + "', but the reference reads its own");
    }
  }

  /** A copy that later changes of the array do not reach. */
  static ByteTensor copy(ByteTensor w) {
    return ByteTensor.wrap(w.shape(), w.layout(), w.toArray(), 0);
  }

  /** A sum's code. */
  static byte code(int sum, int output, Requantisation out) {
    double q;
    if (out.isFixedPoint()) {
      double half = Math.scalb(1.0, out.shift(output) - 1);
      long product = (long) sum * out.multiplier(output) + (long) half;
      q = Math.floorDiv(product, (long) (2 * half));
    } else {
      float rounded = sum;
      q = Math.rint(rounded * out.scale(output));
    }
    return (byte) Math.min(Math.max(q + out.zeroPoint(), out.lo()), out.hi());
  }

  /** Which entry of {@code q}'s axis the element at {@code position} in memory belongs to. */
  private static int channel(Shape shape, Layout layout, Quantisation q, int position) {
    if (!q.isPerChannel()) {
      return 0;
    }
    int rest = position;
    int[] order = new int[shape.rank()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (layout == Layout.CHANNELS_LAST) {
      for (int i = 1; i < order.length - 1; i++) {
        order[i] = i + 1;
      }
      order[order.length - 1] = 1;
    }
    int entry = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      int size = shape.dim(order[i]);
      entry = order[i] == q.axis() ? rest % size : entry;
      rest /= size;
    }
    return entry;
  }

  /** Floats to codes. */
  record Quantising(Shape shape, Layout layout, Quantisation quantisation) implements Quantise {
    Quantising {
      quantisation.requireFits(shape);
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, ByteTensor y, Workspace ws, Parallel par) {
      Tensor.requireShape(x, shape, layout, "x");
      ByteTensor.requireShape(y, shape, layout, "y");
      int min = quantisation.type().min();
      int max = quantisation.type().max();
      for (int i = 0; i < shape.size(); i++) {
        int c = channel(shape, layout, quantisation, i);
        double q = Math.rint(x.array()[x.offset() + i] / quantisation.scale(c));
        double code = Double.isNaN(q) ? 0 : q;
        code = Math.min(Math.max(code + quantisation.zeroPoint(c), min), max);
        y.array()[y.offset() + i] = (byte) (int) code;
      }
    }
  }

  /** Codes to floats. */
  record Dequantising(Shape shape, Layout layout, Quantisation quantisation) implements Dequantise {
    Dequantising {
      quantisation.requireFits(shape);
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(ByteTensor x, Tensor y, Workspace ws, Parallel par) {
      ByteTensor.requireShape(x, shape, layout, "x");
      Tensor.requireShape(y, shape, layout, "y");
      for (int i = 0; i < shape.size(); i++) {
        int c = channel(shape, layout, quantisation, i);
        int code = quantisation.type().code(x.array()[x.offset() + i]);
        double value = (double) (code - quantisation.zeroPoint(c)) * quantisation.scale(c);
        y.array()[y.offset() + i] = (float) value;
      }
    }
  }
}
