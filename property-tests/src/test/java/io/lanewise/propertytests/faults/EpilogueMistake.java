package io.lanewise.propertytests.faults;

/** Mistakes in bias, residual and activation. */
enum EpilogueMistake implements Mistake {
  BIAS_FORGOTTEN("never adds the bias where the output is limited"),
  BIAS_TWICE("adds the bias before the sum and after it"),
  BIAS_PER_CHANNEL("adds the bias once for each input channel"),
  BIAS_OF_GROUP_0("every group takes the first group's bias"),
  BIAS_AFTER_LIMITS("limits the sum, then adds the bias"),
  RELU_FOR_LIMITS("any limits are taken for ReLU"),
  UPPER_LIMIT_FORGOTTEN("applies the lower limit only"),
  LOWER_LIMIT_ABOVE_0("the lower limit is at least 0"),
  NAN_LIMITED("a NaN comes out as the lower limit"),
  RELU_FOR_ANY("any activation is taken for ReLU"),
  RESIDUAL_FORGOTTEN("never adds the residual where there is an activation"),
  RESIDUAL_AFTER_ACTIVATION("activates the sum, then adds the residual"),
  RESIDUAL_OF_IMAGE_0("every image takes the first one's residual"),
  RESIDUAL_OVERWRITTEN("clears y before it reads a residual that lies there"),
  RESIDUAL_OVERLAP_ACCEPTED("takes a residual that lies in a part of y");

  private final String what;

  EpilogueMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
