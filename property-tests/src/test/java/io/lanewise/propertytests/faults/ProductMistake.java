package io.lanewise.propertytests.faults;

/** Mistakes in the blocks and tiles of {@link BlockedProduct}. */
enum ProductMistake implements Mistake {
  LAST_BLOCK_DROPPED("steps past the last whole block of 192 are left out of longer sums"),
  SECOND_BLOCK_OVERWRITES("each block of 192 steps replaces the sums of the one before"),
  STEPS_PAST_4_DROPPED("steps past the last multiple of 4 are left out where there are 3"),
  PANEL_NOT_REPACKED("the second block of steps reads the first one's B where sizes agree"),
  A_STEP_PAST_BLOCK("the second block of steps reads A one step too far"),
  COLUMN_1_OF_TILE_DROPPED("a single column past the last whole tile is left as it was"),
  TAIL_READS_ON("a tile of 15 columns is stored with a 16th"),
  ROW_TAIL_REPEATED("the last row of a tile of 3 rows takes the row before it"),
  TILE_LD("tiles at the lower right corner are stored as if C were one tile wide"),
  CORNER_DROPPED("a tile short both ways, at the lower right corner, is left as it was"),
  CORNER_3_BY_15_DROPPED("a corner of 3 rows and 15 columns is left as it was"),
  FAR_COLUMNS_OF_FIRST_BLOCK("columns past the 128th read B from the first 128"),
  TAIL_UNFUSED("columns past the last whole tile are rounded twice a step"),
  TWO_CHAINS_IN_TAIL("tiles short of rows sum odd and even steps apart"),
  STEPS_BY_WORKERS("with several workers the steps of a sum run backwards");

  private final String what;

  ProductMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
