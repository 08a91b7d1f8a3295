package io.lanewise.kernels.movement;

import java.util.List;

/** The boxes of im2col: for each tap, what of the image it sees and what of the padding. */
final class Unfolding {
  private final UnfoldShape shape;
  private final int[] xSteps;
  private final int[] ySteps;
  private final int taps;

  /** Of these strides of the images and of the columns. */
  Unfolding(UnfoldShape shape, int[] xSteps, int[] ySteps) {
    this.shape = shape;
    this.xSteps = xSteps;
    this.ySteps = ySteps;
    int product = 1;
    for (int i = 0; i < shape.spatial(); i++) {
      product *= shape.kernel(i);
    }
    this.taps = product;
  }

  /** Adds every tap's boxes. */
  void addTaps(KernelMovement.Builder b) {
    int[] tap = new int[shape.spatial()];
    for (int number = 0; number < taps; number++) {
      int rest = number;
      for (int i = tap.length - 1; i >= 0; i--) {
        tap[i] = rest % shape.kernel(i);
        rest /= shape.kernel(i);
      }
      addTap(number, tap, b);
    }
  }

  private void addTap(int number, int[] tap, KernelMovement.Builder b) {
    int axes = tap.length + 2;
    int[] full = new int[axes];
    int[] first = new int[axes];
    int[] dims = new int[axes];
    int[] src = new int[axes];
    int[] dst = new int[axes];
    full[0] = shape.image().dim(0);
    full[1] = shape.image().dim(1);
    src[0] = xSteps[0];
    src[1] = xSteps[1];
    dst[0] = ySteps[0];
    dst[1] = taps * ySteps[1];
    int step = ySteps[2];
    int at = 0;
    for (int i = tap.length - 1; i >= 0; i--) {
      int axis = i + 2;
      full[axis] = shape.out(i);
      first[axis] = firstInside(i, tap[i]);
      dims[axis] = endInside(i, tap[i]) - first[axis];
      src[axis] = shape.step(i) * xSteps[axis];
      dst[axis] = step;
      step *= shape.out(i);
      at += shape.position(i, first[axis], tap[i]) * xSteps[axis];
    }
    dims[0] = full[0];
    dims[1] = full[1];
    int row = number * ySteps[1];
    b.add(dims, at, src, row + Strides.dot(first, dst), dst);
    List<Box> padding = Box.around(full, first, dims, dst);
    b.fill(padding.stream().map(box -> box.shifted(row)).toList(), 0f);
  }

  /** The first window along an axis whose tap is inside the image, or the end if none is. */
  private int firstInside(int i, int tap) {
    int window = 0;
    while (window < shape.out(i) && shape.position(i, window, tap) < 0) {
      window++;
    }
    return window;
  }

  /** The end of the windows whose tap is inside. */
  private int endInside(int i, int tap) {
    int window = firstInside(i, tap);
    while (window < shape.out(i) && shape.position(i, window, tap) < shape.image().dim(i + 2)) {
      window++;
    }
    return window;
  }
}
