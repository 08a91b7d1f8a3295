package io.lanewise.propertytests.faults;

/** Mistakes in the tiles of {@link DirectConv}. */
enum DirectConvMistake implements Mistake {
  TAIL_OF_15_DROPPED("columns past the last whole tile are left out where there are 15"),
  TAIL_AS_WHOLE_TILE("the last tile of a row is stored whole: writes into the next row"),
  TAIL_UNFUSED("columns past the last whole tile are multiplied and added with two roundings"),
  TAIL_BACKWARDS("the last tile of a row sums its taps in the opposite order"),
  ODD_FILTER_REPEATED("a single last filter of a block takes the weights of the one before"),
  TILE_NOT_RESET("a row's second tile starts from the sums of the first"),
  TAPS_TRANSPOSED("w[o][c][kx][ky] for w[o][c][ky][kx]"),
  POINTWISE_BY_KW("a kernel one column wide is taken for 1x1: its other rows are left out"),
  GROUP_BY_OCG("a group's input channels start at g·ocg for g·icg"),
  GROUP_0_WEIGHTS("every group takes the first group's weights if strideW is 2"),
  IMAGE_BY_OC("images of x are oc planes apart, for ic"),
  LAST_CHANNEL_DROPPED("the last of an odd number of input channels above 1 is left out"),
  BATCH_SUMMED_BACKWARDS("sums run over the channels backwards if the batch has several images"),
  DEPTHWISE_FROM_32("depthwise, channels from the 32nd on take the weights of those before"),
  FAR_PIXELS_DROPPED("rows that begin past the 512th output of a plane are left as they were"),
  EVEN_DILATED_KERNEL("an even kernel dilated by 3 and more reads one column further right"),
  REPACK_IGNORED("weights packed again keep their old values"),
  RACE("with several workers, every other task finds another one's sums in its tile");

  private final String what;

  DirectConvMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
