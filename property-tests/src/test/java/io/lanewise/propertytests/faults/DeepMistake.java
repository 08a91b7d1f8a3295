package io.lanewise.propertytests.faults;

/** Mistakes in {@link DeepConv}, along the axis that 2-D convolutions do not have. */
enum DeepMistake implements Mistake {
  BACK_FOR_FRONT("padding behind taken for padding in front"),
  STRIDE_H_FOR_D("strideH into depth"),
  DILATION_H_FOR_D("dilationH into depth"),
  LAST_PLANE_SKIPPED("a volume's last input plane counts as padding"),
  FRONT_NOT_PADDED("planes before the first are taken for the first"),
  TAPS_TRANSPOSED("w[o][c][ky][kz][kx] for w[o][c][kz][ky][kx]"),
  PLANES_BY_OH("a row's plane is row / ih for row / oh"),
  BIAS_IN_FIRST_PLANE("adds the bias in the first plane only");

  private final String what;

  DeepMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
