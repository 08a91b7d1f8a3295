package io.lanewise.propertytests.faults;

/** Mistakes in activations. */
enum ActivationMistake implements Mistake {
  RELU_LEAKS("ReLU lets a hundredth of a negative number through"),
  RELU_LOSES_NAN("ReLU makes 0 of NaN"),
  RELU_SLOPE_1_AT_0("ReLU's slope at 0 is 1"),
  TANH_SATURATES_TO_1("tanh is 1 below -9 too"),
  TANH_OVERFLOWS("tanh by e^2x alone: NaN above 44"),
  TANH_CANCELS("tanh by exponentials near 0 too: loses small numbers"),
  TANH_CUT_AT_5("tanh is 1 from 5"),
  TANH_SLOPE_OF_X("tanh's gradient is dy·(1 - y)"),
  LEAKY_BY_TENTH("leaky ReLU's slope is a tenth, whatever is asked"),
  HARD_SIGMOID_BY_FIFTH("hard-sigmoid's slope is ONNX's 0.2, whatever is asked"),
  HARD_SWISH_UNCUT("hard-swish is a parabola beyond -3 and 3, too"),
  SIGMOID_OVERFLOWS("sigmoid by e^x over itself: NaN above 88"),
  CLAMP_SLOPE_1_BEYOND("a clamp's gradient passes at and beyond the limits"),
  SILU_SLOPE_OF_SIGMOID("SiLU's gradient is sigmoid's value alone"),
  TAIL_OF_15_DROPPED("elements past the last multiple of 16 are left out where there are 15"),
  FAR_ELEMENTS_DROPPED("elements past the 16384th are left out"),
  GRADIENT_REREADS("the gradient reads dy after dx was written");

  private final String what;

  ActivationMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
