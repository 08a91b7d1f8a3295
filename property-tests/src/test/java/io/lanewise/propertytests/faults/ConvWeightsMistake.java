package io.lanewise.propertytests.faults;

/** Mistakes in {@link TapConvWeights}. */
enum ConvWeightsMistake implements Mistake {
  DW_OVERWRITTEN("dw holds this run's gradient alone"),
  DB_OVERWRITTEN("db holds this run's gradient alone"),
  DB_LAST_IMAGE_DROPPED("db leaves out the last of several images"),
  DB_OF_GROUP_0("db is computed for the first group only"),
  DB_NEVER("db is left as it was"),
  LAST_CHUNK_DROPPED("an image past the last whole chunk of 2 is left out"),
  CHUNKS_NOT_CLEARED("partial sums start from what the workspace held"),
  MEAN_OVER_BATCH("divides by the batch size"),
  TAPS_TRANSPOSED("dw[o][c][kx][ky] for dw[o][c][ky][kx]"),
  GROUP_BY_OCG("a group's input channels start at g·ocg for g·icg"),
  CHUNKS_BY_WORKERS("several workers take all images as one chunk"),
  LONG_ROW_CUT("outputs of a row past the 32nd are left out");

  private final String what;

  ConvWeightsMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
