package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.reference.ReferenceConv;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/**
 * One of a convolution's three passes, as a function of two tensors that is linear in each: y(x,
 * w), dx(dy, w) and dw(x, dy). Laws that follow from this alone are stated once for all three.
 */
enum ConvPass {
  FORWARD("forward", "y(x, w)") {
    @Override
    <T> T left(T x, T w, T y) {
      return x;
    }

    @Override
    <T> T right(T x, T w, T y) {
      return w;
    }

    @Override
    <T> T out(T x, T w, T y) {
      return y;
    }

    @Override
    long terms(ConvShape s) {
      return s.reduction();
    }

    @Override
    void reference(ConvShape s, Tensor x, Tensor w, Tensor y) {
      ReferenceConv.forward(s, x, w, null, y);
    }

    @Override
    List<ConvRun> runs(Backend backend, ConvShape s, ConvOptions options) {
      return backend.convForwardPlans(s, options).stream()
          .map(
              p ->
                  new ConvRun(
                      this,
                      s,
                      p.algorithm(),
                      p.workspace(),
                      (x, w, y, ws, par) -> p.run(x, p.pack(w), Epilogue.none(), y, ws, par)))
          .toList();
    }
  },

  INPUT_GRADIENT("input-gradient", "dx(dy, w)") {
    @Override
    <T> T left(T x, T w, T y) {
      return y;
    }

    @Override
    <T> T right(T x, T w, T y) {
      return w;
    }

    @Override
    <T> T out(T x, T w, T y) {
      return x;
    }

    @Override
    long terms(ConvShape s) {
      return (long) s.ocg() * s.area();
    }

    @Override
    void reference(ConvShape s, Tensor dy, Tensor w, Tensor dx) {
      ReferenceConv.backwardData(s, dy, w, dx);
    }

    @Override
    List<ConvRun> runs(Backend backend, ConvShape s, ConvOptions options) {
      return backend.convBackwardDataPlans(s, options).stream()
          .map(
              p ->
                  new ConvRun(
                      this,
                      s,
                      p.algorithm(),
                      p.workspace(),
                      (dy, w, dx, ws, par) -> p.run(dy, p.pack(w), dx, ws, par)))
          .toList();
    }
  },

  WEIGHT_GRADIENT("weight-gradient", "dw(x, dy)") {
    @Override
    <T> T left(T x, T w, T y) {
      return x;
    }

    @Override
    <T> T right(T x, T w, T y) {
      return y;
    }

    @Override
    <T> T out(T x, T w, T y) {
      return w;
    }

    @Override
    long terms(ConvShape s) {
      return (long) s.n() * s.yPixels();
    }

    @Override
    void reference(ConvShape s, Tensor x, Tensor dy, Tensor dw) {
      ReferenceConv.backwardWeights(s, x, dy, dw, null);
    }

    @Override
    List<ConvRun> runs(Backend backend, ConvShape s, ConvOptions options) {
      return backend.convBackwardWeightsPlans(s, options).stream()
          .map(
              p ->
                  new ConvRun(
                      this,
                      s,
                      p.algorithm(),
                      p.workspace(),
                      (x, dy, dw, ws, par) -> p.run(x, dy, dw, null, ws, par)))
          .toList();
    }
  };

  private final String title;
  private final String function;

  ConvPass(String title, String function) {
    this.title = title;
    this.function = function;
  }

  /** Short and lower case, for the names of laws. */
  String title() {
    return title;
  }

  /** Result and arguments, such as {@code "y(x, w)"}. */
  String function() {
    return function;
  }

  /** Which of the three (for x, w and y or their gradients) is the first argument's. */
  abstract <T> T left(T x, T w, T y);

  /** Which of the three is the second argument's. */
  abstract <T> T right(T x, T w, T y);

  /** Which of the three is the result's. */
  abstract <T> T out(T x, T w, T y);

  Shape left(ConvShape s) {
    return left(s.x(), s.w(), s.y());
  }

  Shape right(ConvShape s) {
    return right(s.x(), s.w(), s.y());
  }

  Shape out(ConvShape s) {
    return out(s.x(), s.w(), s.y());
  }

  /** Most products in one element of the result. */
  abstract long terms(ConvShape s);

  /** Every algorithm that a backend lists for the pass as asked, its own choice first. */
  abstract List<ConvRun> runs(Backend backend, ConvShape s, ConvOptions options);

  /** Every algorithm that keeps to the definition's sums, the backend's own choice first. */
  List<ConvRun> runs(Backend backend, ConvShape s) {
    return runs(backend, s, ConvOptions.DEFAULT.strict());
  }

  /** Every algorithm, also those that transform first, the backend's own choice first. */
  List<ConvRun> allRuns(Backend backend, ConvShape s) {
    return runs(backend, s, ConvOptions.DEFAULT);
  }

  /** Writes the result; the weight gradient is added to what {@code out} holds. */
  abstract void reference(ConvShape s, Tensor left, Tensor right, Tensor out);

  /** The reference's result. */
  Tensor reference(ConvShape s, Tensor left, Tensor right) {
    Tensor out = Tensor.zeros(out(s));
    reference(s, left, right, out);
    return out;
  }

  /** Where a run may write: NaN where it has to overwrite, zeros where it adds. */
  Tensor blank(ConvShape s) {
    return Tensor.zeros(out(s)).fill(this == WEIGHT_GRADIENT ? 0f : Float.NaN);
  }

  /** The bounds of each element's error, for an algorithm's constant. */
  double[] bounds(ConvShape s, Tensor left, Tensor right, double constant) {
    Tensor magnitudes = reference(s, Bounds.magnitude(left), Bounds.magnitude(right));
    return Bounds.ofSum(terms(s), magnitudes, constant);
  }

  /**
   * The algorithms whose results on whole numbers are exact.
   *
   * @throws UnsupportedOperationException if the backend has none
   */
  List<ConvRun> exactRuns(Backend backend, ConvShape s) {
    return ErrorConstants.KNOWN.plainSums(runs(backend, s));
  }

  /** The first algorithm that is exact on whole numbers, run. */
  Tensor exact(Backend backend, ConvShape s, Tensor left, Tensor right) {
    return exactRuns(backend, s).getFirst().of(left, right);
  }
}
