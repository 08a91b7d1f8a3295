package io.lanewise.propertytests.faults;

/** Mistakes in {@link ScatterConvData}. */
enum ConvDataMistake implements Mistake {
  NOT_CLEARED("adds to what dx held"),
  OVERLAP_OVERWRITTEN("a tap's product replaces what other taps of its filter added"),
  UNREACHED_ROWS_LEFT("clears only the rows that some window reads"),
  KERNEL_FLIPPED("takes the kernel turned by half a circle"),
  CHANNELS_TRANSPOSED("w[c][o] for w[o][c] where a group has as many of either"),
  GROUP_BY_ICG("a group's filters start at g·icg for g·ocg"),
  LAST_FILTER_DROPPED("the last filter of 5, 9, 13, ... is left out"),
  LAST_OUTPUT_ROW_DROPPED("the last output row is left out where strideH is above 1"),
  LONG_SUM_CUT("filters past the 128th of a group are left out"),
  FILTERS_BACKWARDS_IN_BATCH("sums over the filters backwards in every image but the first");

  private final String what;

  ConvDataMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
