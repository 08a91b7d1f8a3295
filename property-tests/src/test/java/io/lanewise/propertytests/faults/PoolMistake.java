package io.lanewise.propertytests.faults;

/** Mistakes in max and average pooling. */
enum PoolMistake implements Mistake {
  STARTS_AT_ZERO("the greatest of a window is at least 0"),
  LAST_OF_EQUALS(">= for >: the last of equals"),
  NAN_LOST("a NaN is never greater than anything"),
  PADDING_ALONE_GIVES_0("a window made of padding alone gives 0"),
  PADDING_ALONE_INDEX_0("a window made of padding alone has index 0"),
  INDEX_IN_WINDOW("the index counts within the window"),
  INDEX_IN_PADDED_PLANE("the index counts the padding to the left in each row"),
  INDEX_BY_HEIGHT("the index is iy·ih + ix"),
  PADDING_COUNTS_ALWAYS("divides by the whole window"),
  PADDING_COUNTS_NEVER("divides by the inputs in the window"),
  EMPTY_GIVES_NAN("a window made of padding alone gives 0 / 0"),
  RIGHT_BORDER_WHOLE("windows that end beyond the right border are divided by their whole size"),
  COLUMNS_TAIL_DROPPED(
      "outputs past the last multiple of 16 of a row are left out where there is 1"),
  ODD_PLANE_DROPPED("the last of an odd number of planes above 1 is left as it was"),
  OVERLAP_OVERWRITTEN("the gradient of an input in several windows is the last one's"),
  NOT_CLEARED("adds the gradient to what dx held"),
  PLANE_OF_IMAGE_0("the gradient of every image goes to the first"),
  GRADIENT_BY_WINDOW("the gradient is divided by the whole window");

  private final String what;

  PoolMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
