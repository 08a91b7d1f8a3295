package io.lanewise.propertytests.faults;

/** Mistakes in the linear layers. */
enum LinearMistake implements Mistake {
  BIAS_FORGOTTEN("never adds the bias to the batch's last image"),
  BIAS_BY_IMAGE("adds bias[img] where there are as many images as outputs"),
  BIAS_PER_BLOCK("adds the bias once for each block of 192 inputs"),
  WEIGHTS_TRANSPOSED("w[in][out] for w[out][in] where there are as many of either"),
  REPACK_IGNORED("weights packed again keep their old values"),
  DX_ADDED("dx is added to what it held"),
  DW_OVERWRITTEN("dw holds this run's gradient alone"),
  DB_OVERWRITTEN("db holds this run's gradient alone"),
  DB_LAST_IMAGE_DROPPED("db leaves out the last of several images"),
  DW_MEAN("divides dw by the batch size");

  private final String what;

  LinearMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
