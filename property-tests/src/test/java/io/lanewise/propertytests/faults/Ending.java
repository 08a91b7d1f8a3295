package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.EpilogueMistake.*;

import io.lanewise.kernels.conv.Epilogue;

/** Bias and limits of one element, with the seams at which {@link EpilogueMistake}s enter. */
record Ending(Epilogue epilogue, int ocg, int icg, Mistake mistake) {
  /** What a sum starts from. */
  float start(int o) {
    boolean later = mistake == BIAS_AFTER_LIMITS;
    boolean never = mistake == BIAS_FORGOTTEN && epilogue.clamps();
    return later || never ? 0f : mistake == BIAS_PER_CHANNEL ? icg * bias(o) : bias(o);
  }

  /** What is stored of a finished sum. */
  float finish(int o, float sum) {
    float all = mistake == BIAS_TWICE ? sum + bias(o) : sum;
    float rounded = RoundingMistake.apply(mistake, all);
    float limited = epilogue.clamps() ? limit(rounded) : rounded;
    return mistake == BIAS_AFTER_LIMITS ? limited + bias(o) : limited;
  }

  private float limit(float sum) {
    if (mistake == NAN_LIMITED && Float.isNaN(sum)) {
      return epilogue.min();
    }
    if (mistake == RELU_FOR_LIMITS) {
      return Math.max(sum, 0f);
    }
    float low = mistake == LOWER_LIMIT_ABOVE_0 ? Math.max(epilogue.min(), 0f) : epilogue.min();
    float high = mistake == UPPER_LIMIT_FORGOTTEN ? Float.POSITIVE_INFINITY : epilogue.max();
    return Math.max(low, Math.min(sum, high));
  }

  private float bias(int o) {
    if (epilogue.bias() == null) {
      return 0f;
    }
    int at = mistake == BIAS_OF_GROUP_0 ? o % ocg : o;
    return epilogue.bias().array()[epilogue.bias().offset() + at];
  }
}
