package io.lanewise.propertytests.faults;

/** Mistakes in where a window's taps lie. */
enum WindowMistake implements Mistake {
  STRIDES_SWAPPED("strideW down, strideH across"),
  STRIDE_H_FOR_BOTH("strideH across too"),
  PADDING_SWAPPED("left padding above, top padding to the left"),
  BOTTOM_FOR_TOP("padding below taken for padding above"),
  RIGHT_FOR_LEFT("padding to the right taken for padding to the left"),
  PADDING_CUT_AT_KERNEL("padding of the kernel's size and more is cut to kernel - 1"),
  DILATIONS_SWAPPED("dilationW down, dilationH across"),
  DILATION_H_FOR_BOTH("dilationH across too"),
  DILATION_IGNORED_WITH_STRIDE("a stride above 1 makes dilationW 1"),
  FIRST_COLUMN_SKIPPED("a row's first input column counts as padding"),
  LAST_COLUMN_SKIPPED("a row's last input column counts as padding"),
  LAST_ROW_SKIPPED("a plane's last input row counts as padding"),
  FIRST_ROUNDED_DOWN("the first output inside the row is rounded down: reads the row above"),
  END_INCLUSIVE("<= for < at the row's end: reads the row below"),
  ROW_END_INCLUSIVE("<= for < at the plane's end: reads the next plane");

  private final String what;

  WindowMistake(String what) {
    this.what = what;
  }

  @Override
  public String what() {
    return what;
  }
}
