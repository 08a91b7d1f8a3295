package io.lanewise.kernels.reference;

import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Which inputs each output of a pooling sees, along depth, height and width, by definition. */
final class ReferenceWindows {
  /** A window along one axis. */
  private record Span(List<Integer> inside, int padded) {}

  private final Shape x;
  private final Shape y;
  private final int[] in = {1, 1, 1};
  private final List<List<Span>> axes = new ArrayList<>();

  ReferenceWindows(PoolShape s) {
    this.x = s.x();
    this.y = s.y();
    setIn();
    int[] k = {s.kd(), s.kh(), s.kw()};
    int[] stride = {s.strideD(), s.strideH(), s.strideW()};
    int[] dilation = {s.dilationD(), s.dilationH(), s.dilationW()};
    int[] before = {s.padding().front(), s.padding().top(), s.padding().left()};
    int[] after = {s.padding().back(), s.padding().bottom(), s.padding().right()};
    int[] out = {s.od(), s.oh(), s.ow()};
    for (int axis = 0; axis < 3; axis++) {
      List<Span> spans = new ArrayList<>();
      for (int o = 0; o < out[axis]; o++) {
        List<Integer> inside = new ArrayList<>();
        int padded = 0;
        for (int tap = 0; tap < k[axis]; tap++) {
          int i = o * stride[axis] - before[axis] + tap * dilation[axis];
          if (i >= 0 && i < in[axis]) {
            inside.add(i);
          }
          padded += i < in[axis] + after[axis] ? 1 : 0;
        }
        spans.add(new Span(inside, padded));
      }
      axes.add(spans);
    }
  }

  ReferenceWindows(AdaptivePoolShape s) {
    this.x = s.x();
    this.y = s.y();
    setIn();
    for (int axis = 0; axis < 3; axis++) {
      int dim = x.rank() - 3 + axis;
      int out = dim < 2 ? 1 : y.dim(dim);
      List<Span> spans = new ArrayList<>();
      for (int o = 0; o < out; o++) {
        List<Integer> inside = new ArrayList<>();
        for (int i = 0; i < in[axis]; i++) {
          // floor(o · in / out) <= i < ceil((o + 1) · in / out), without the divisions
          boolean begun = (long) o * in[axis] < (i + 1L) * out;
          boolean open = (long) i * out < (o + 1L) * in[axis];
          if (begun && open) {
            inside.add(i);
          }
        }
        spans.add(new Span(inside, inside.size()));
      }
      axes.add(spans);
    }
  }

  private void setIn() {
    for (int axis = 5 - x.rank(); axis < 3; axis++) {
      in[axis] = x.dim(x.rank() - 3 + axis);
    }
  }

  int planes() {
    return x.dim(0) * x.dim(1);
  }

  int inputs() {
    return in[0] * in[1] * in[2];
  }

  int outputs() {
    return axes.get(0).size() * axes.get(1).size() * axes.get(2).size();
  }

  private Span span(int axis, int output) {
    int h = axes.get(1).size();
    int w = axes.get(2).size();
    int[] at = {output / w / h, output / w % h, output % w};
    return axes.get(axis).get(at[axis]);
  }

  /** The inputs that an output's window holds, each {@code (iz · ih + iy) · iw + ix}, in order. */
  List<Integer> window(int output) {
    List<Integer> pixels = new ArrayList<>();
    for (int iz : span(0, output).inside()) {
      for (int iy : span(1, output).inside()) {
        for (int ix : span(2, output).inside()) {
          pixels.add((iz * in[1] + iy) * in[2] + ix);
        }
      }
    }
    return pixels;
  }

  /** What the average divides by. */
  long count(int output, boolean countsPadding) {
    return countsPadding
        ? (long) span(0, output).padded() * span(1, output).padded() * span(2, output).padded()
        : window(output).size();
  }

  /** Element {@code pixel} of the image {@code plane} of one channel. */
  static int position(Tensor t, int plane, int pixel) {
    int c = t.shape().dim(1);
    int pixels = t.size() / t.shape().dim(0) / c;
    return switch (t.layout()) {
      case CHANNELS_FIRST -> t.offset() + plane * pixels + pixel;
      case CHANNELS_LAST -> t.offset() + (plane / c * pixels + pixel) * c + plane % c;
    };
  }
}
