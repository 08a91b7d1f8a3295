package io.lanewise.kernels.reference;

import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.dropout.RandomFill;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** Dropout and random numbers one position at a time, in float64. */
final class ReferenceDropouts implements Dropouts {
  private static final double ALPHA_LAMBDA = 1.6732632423543772 * 1.0507009873554805;

  @Override
  public Dropout dropout(Shape shape, Layout layout, double rate) {
    return new Plan(shape, layout, rate, false, false);
  }

  @Override
  public Dropout spatialDropout(Shape shape, Layout layout, double rate) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "spatial dropout needs [n][c] and any further axes, got " + shape);
    }
    return new Plan(shape, layout, rate, true, false);
  }

  @Override
  public Dropout alphaDropout(Shape shape, Layout layout, double rate) {
    return new Plan(shape, layout, rate, false, true);
  }

  private record Plan(Shape shape, Layout layout, double rate, boolean spatial, boolean alpha)
      implements Dropout {
    Plan {
      if (!(rate >= 0 && rate <= 1)) {
        throw new IllegalArgumentException("the rate of dropout must be in [0, 1], got " + rate);
      }
    }

    @Override
    public void forward(Tensor x, long seed, long step, Tensor y, Parallel par) {
      requireShape(x, shape, layout, "x");
      requireShape(y, shape, layout, "y");
      requireSameOrDisjoint(y, "y", x, "x");
      double q = 1 - rate;
      double scale = alpha ? 1 / Math.sqrt(q + ALPHA_LAMBDA * ALPHA_LAMBDA * q * rate) : 1 / q;
      double shift = alpha ? scale * ALPHA_LAMBDA * rate : 0;
      double dropped = alpha && rate < 1 ? shift - scale * ALPHA_LAMBDA : 0;
      for (int i = 0; i < x.size(); i++) {
        double v = x.array()[x.offset() + i];
        double kept = shift == 0 ? scale * v : scale * v + shift; // -0 + 0 would be 0
        y.array()[y.offset() + i] = (float) (keeps(seed, step, i) ? kept : dropped);
      }
    }

    @Override
    public void backward(Tensor dy, long seed, long step, Tensor dx, Parallel par) {
      requireShape(dy, shape, layout, "dy");
      requireShape(dx, shape, layout, "dx");
      requireSameOrDisjoint(dx, "dx", dy, "dy");
      double q = 1 - rate;
      double scale = alpha ? 1 / Math.sqrt(q + ALPHA_LAMBDA * ALPHA_LAMBDA * q * rate) : 1 / q;
      for (int i = 0; i < dy.size(); i++) {
        boolean keeps = keeps(seed, step, i);
        dx.array()[dx.offset() + i] = keeps ? (float) (scale * dy.array()[dy.offset() + i]) : 0f;
      }
    }

    private boolean keeps(long seed, long step, int element) {
      double threshold = Math.round(rate * (1 << 24)) / (double) (1 << 24);
      return ReferencePhilox.uniform(seed, step, position(element)) >= threshold;
    }

    private long position(int element) {
      if (!spatial) {
        return element;
      }
      int c = shape.dim(1);
      int image = shape.size() / shape.dim(0);
      int within = element % image;
      int channel = layout == Layout.CHANNELS_LAST ? within % c : within / (image / c);
      return (long) element / image * c + channel;
    }
  }

  @Override
  public RandomFill randomFill() {
    return new Fill();
  }

  private static final class Fill implements RandomFill {
    @Override
    public void uniform(float low, float high, long seed, long step, Tensor y, Parallel par) {
      if (!Float.isFinite(low) || !Float.isFinite(high) || high < low) {
        throw new IllegalArgumentException(
            "low and high must be finite and in order, got " + low + " and " + high);
      }
      for (int i = 0; i < y.size(); i++) {
        double u = ReferencePhilox.uniform(seed, step, i);
        y.array()[y.offset() + i] = (float) (low + ((double) high - low) * u);
      }
    }

    @Override
    public void normal(float mean, float deviation, long seed, long step, Tensor y, Parallel par) {
      if (!Float.isFinite(mean) || !Float.isFinite(deviation) || deviation < 0) {
        throw new IllegalArgumentException(
            "mean and deviation must be finite, the deviation at least 0, got "
                + mean
                + " and "
                + deviation);
      }
      for (int i = 0; i < y.size(); i++) {
        double z = ReferencePhilox.normal(seed, step, i);
        y.array()[y.offset() + i] = (float) (mean + deviation * z);
      }
    }
  }
}
