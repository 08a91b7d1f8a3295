package io.lanewise.propertytests.faults;

/** Mistakes in what a matrix product takes for its operands. */
enum GemmMistake implements Mistake {
  TRANSPOSE_A_IGNORED_IF_SQUARE("a square A is never transposed"),
  TRANSPOSES_SWAPPED("transposes A where B is to be and B where A is"),
  TRANSPOSED_LD("rows of a transposed B lie n apart, for k"),
  ACCUMULATE_IGNORED("C += overwrites C where m is above 8"),
  ACCUMULATES_ALWAYS("C = adds to what C held"),
  EMPTY_SUM_SKIPPED("leaves C as it was where k is 0"),
  ALPHA_IGNORED("a factor alpha is left out"),
  BETA_ADDS("any beta but 0 adds C as it is"),
  BATCH_OF_ONE_B("all products of a batch read the first one's B"),
  LAST_ROWS_DROPPED("rows past the last whole task of 8 are left out where there is 1");

  private final String what;

  GemmMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
