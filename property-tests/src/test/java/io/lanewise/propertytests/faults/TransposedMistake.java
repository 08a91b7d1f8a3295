package io.lanewise.propertytests.faults;

/** Mistakes in {@link SeededTransposed}. */
enum TransposedMistake implements Mistake {
  CHANNELS_TRANSPOSED("w[o][c] for w[c][o] where a group has as many of either"),
  KERNEL_FLIPPED("takes the kernel turned by half a circle"),
  NOT_CLEARED("adds to what y held"),
  UNREACHED_LEFT("writes only the outputs that some input reaches"),
  OVERLAP_OVERWRITTEN("an input's product replaces what other inputs added"),
  END_FOR_START("padding at the end of an axis taken for padding at its start"),
  STRIDE_H_FOR_BOTH("strideH across too"),
  DILATION_H_FOR_BOTH("dilationH across too"),
  GROUP_0_OUTPUTS("every group adds to the first group's outputs"),
  BIAS_WITH_EACH_CHANNEL("adds the bias once for each input channel of a group"),
  BIAS_AFTER_LIMITS("limits the sum, then adds the bias"),
  LIMITS_FORGOTTEN("never limits the output"),
  RESIDUAL_FORGOTTEN("never adds the residual"),
  DX_ADDED("adds to what dx held"),
  DW_OVERWRITTEN("dw holds this run's gradient alone"),
  DB_OVERWRITTEN("db holds this run's gradient alone"),
  DB_LAST_IMAGE_DROPPED("db leaves out the last of several images"),
  DB_OF_X("db sums what the first input's pixels are for dy's"),
  REPACK_IGNORED("weights packed again keep their old values");

  private final String what;

  TransposedMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
