package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.EpilogueMistake.*;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.reference.ReferenceElementwise;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * Bias, residual and activation of one element, with the seams at which {@link EpilogueMistake}s
 * enter.
 */
record Ending(Epilogue epilogue, int ocg, int icg, Mistake mistake) {
  /** Checks the arguments, and takes a copy of a residual that y is about to overwrite. */
  static Ending of(Epilogue e, Shape bias, Tensor y, int ocg, int icg, Mistake mistake) {
    if (e.bias() != null) {
      requireShape(e.bias(), bias, "bias");
      requireDisjoint(y, "y", e.bias(), "bias");
    }
    Tensor r = e.residual();
    if (r != null) {
      requireShape(r, y.shape(), "residual");
      if (mistake != RESIDUAL_OVERLAP_ACCEPTED) {
        requireSameOrDisjoint(y, "y", r, "residual");
      }
      r = mistake == RESIDUAL_OVERWRITTEN ? r : r.copy();
      if (mistake == RESIDUAL_OVERWRITTEN) {
        y.fill(0f);
      }
    }
    return new Ending(new Epilogue(e.bias(), r, e.activation()), ocg, icg, mistake);
  }

  /** What a sum starts from. */
  float start(int o) {
    boolean later = mistake == BIAS_AFTER_LIMITS;
    boolean never = mistake == BIAS_FORGOTTEN && activates();
    return later || never ? 0f : mistake == BIAS_PER_CHANNEL ? icg * bias(o) : bias(o);
  }

  /** What is stored of a finished sum; {@code at} counts y's elements. */
  float finish(int o, int at, float sum) {
    float all = mistake == BIAS_TWICE ? sum + bias(o) : sum;
    float added = mistake == RESIDUAL_AFTER_ACTIVATION ? all : all + residual(at);
    float rounded = RoundingMistake.apply(mistake, added);
    float y = activates() ? activate(rounded) : rounded;
    y = mistake == RESIDUAL_AFTER_ACTIVATION ? y + residual(at) : y;
    return mistake == BIAS_AFTER_LIMITS ? y + bias(o) : y;
  }

  private boolean activates() {
    return epilogue.activation().kind() != Activation.Kind.IDENTITY;
  }

  private float activate(float sum) {
    Activation f = epilogue.activation();
    if (mistake == RELU_FOR_ANY) {
      return Math.max(sum, 0f);
    }
    return switch (f.kind()) {
      case RELU -> limit(sum, 0f, Float.POSITIVE_INFINITY);
      case CLAMP -> limit(sum, f.first(), f.second());
      default -> (float) ReferenceElementwise.activate(f, sum);
    };
  }

  private float limit(float sum, float min, float max) {
    if (mistake == NAN_LIMITED && Float.isNaN(sum)) {
      return min;
    }
    if (mistake == RELU_FOR_LIMITS) {
      return Math.max(sum, 0f);
    }
    float low = mistake == LOWER_LIMIT_ABOVE_0 ? Math.max(min, 0f) : min;
    float high = mistake == UPPER_LIMIT_FORGOTTEN ? Float.POSITIVE_INFINITY : max;
    return Math.max(low, Math.min(sum, high));
  }

  private float residual(int at) {
    Tensor r = epilogue.residual();
    if (r == null || (mistake == RESIDUAL_FORGOTTEN && activates())) {
      return 0f;
    }
    int image = r.size() / r.shape().dim(0);
    return r.array()[r.offset() + (mistake == RESIDUAL_OF_IMAGE_0 ? at % image : at)];
  }

  private float bias(int o) {
    if (epilogue.bias() == null) {
      return 0f;
    }
    int at = mistake == BIAS_OF_GROUP_0 ? o % ocg : o;
    return epilogue.bias().array()[epilogue.bias().offset() + at];
  }
}
