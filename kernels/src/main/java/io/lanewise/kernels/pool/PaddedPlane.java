package io.lanewise.kernels.pool;

import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.Window;
import java.util.Arrays;

/**
 * One channel's plane with its padding, so that the row kernels never see a border; the input
 * itself where there is none.
 */
final class PaddedPlane {
  private final PoolShape shape;
  private final int width;
  private final int height;

  PaddedPlane(PoolShape shape) {
    this.shape = shape;
    // Just what the windows reach: output positions may end before the input does.
    this.height = (shape.oh() - 1) * shape.strideH() + Window.extent(shape.kh(), shape.dilationH());
    this.width = (shape.ow() - 1) * shape.strideW() + Window.extent(shape.kw(), shape.dilationW());
  }

  boolean isNeeded() {
    return !shape.padding().isNone();
  }

  /** Distance between rows of what the kernels read. */
  int rowFloats() {
    return isNeeded() ? width : shape.iw();
  }

  long scratchFloats() {
    return isNeeded() ? (long) width * height : 0;
  }

  /** Copies a plane into scratch memory with {@code fill} around it. */
  void copy(float[] x, int xOff, float fill, float[] scratch, int scratchOff) {
    Arrays.fill(scratch, scratchOff, scratchOff + width * height, fill);
    int top = shape.padding().top();
    int left = shape.padding().left();
    int columns = Math.min(shape.iw(), width - left);
    for (int row = 0; row < shape.ih() && row + top < height && columns > 0; row++) {
      int at = scratchOff + (row + top) * width + left;
      System.arraycopy(x, xOff + row * shape.iw(), scratch, at, columns);
    }
  }
}
