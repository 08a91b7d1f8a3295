package io.lanewise.propertytests.faults;

/** Mistakes in softmax and cross-entropy. */
enum SoftmaxMistake implements Mistake {
  NOT_SHIFTED("exponentials of the inputs themselves: overflow above 88"),
  SHIFTED_BY_FIRST("shifts by the row's first element, for its greatest"),
  SHIFTED_BY_ALL("shifts every row by the greatest of all rows"),
  OVER_THE_BATCH("divides by the sum over the column"),
  SUM_WITHOUT_TAIL("the sum leaves out classes past the last multiple of 4"),
  SUM_NOT_RESET("the sum goes on from the row before"),
  ROWS_TAIL_DROPPED("rows past the last multiple of 16 are left out where there is 1"),
  GRADIENT_WITHOUT_DOT("dx = y·dy"),
  GRADIENT_DOT_OF_DY("the gradient subtracts Σ dy, for Σ dy·y"),
  LOSS_BY_LOG("the loss is -log of the probability: infinite where that is 0"),
  LOSS_SUMMED("returns the losses' sum, for their mean"),
  LABEL_READ_LATE("reads the label's logit after the probabilities were written"),
  GRADIENT_SUMMED("the gradient is not divided by the number of rows"),
  LAST_LABEL_IGNORED("the gradient of a row whose label is the last class lacks the 1"),
  NO_ROWS_NAN("the mean loss of no rows is 0 / 0"),
  LABEL_RANGE_UNCHECKED("takes a label of one more than the last class for the last");

  private final String what;

  SoftmaxMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
