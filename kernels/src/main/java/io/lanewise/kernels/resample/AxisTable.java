package io.lanewise.kernels.resample;

import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.ResizeShape;
import java.util.Arrays;

/**
 * Which inputs each output along one axis reads and with which weights, those of 0 left out: those
 * of output o are [start[o], start[o + 1]), by ascending input. Computed in float64, rounded once.
 */
final class AxisTable {
  private final int in;
  private final int[] start;
  private int[] index;
  private float[] weight;

  private AxisTable(int in, int out, int taps) {
    this.in = in;
    this.start = new int[out + 1];
    this.index = new int[taps];
    this.weight = new float[taps];
  }

  /** The table of spatial axis {@code axis}. */
  static AxisTable of(ResizeShape s, int axis) {
    int out = s.out(axis);
    AxisTable table = new AxisTable(s.in(axis), out, 2 * out);
    for (int o = 0; o < out; o++) {
      table.start[o + 1] = table.start[o];
      if (!s.isOutside(axis, o)) {
        double position = s.position(axis, o);
        if (s.interpolation() == Interpolation.NEAREST) {
          double nearest = s.nearest().round(position);
          table.add(o, (int) Math.max(0, Math.min(table.in - 1.0, nearest)), 1);
        } else {
          table.addWindow(s, axis, o, position);
        }
      }
    }
    return table;
  }

  private void addWindow(ResizeShape s, int axis, int o, double position) {
    double scale = s.kernelScale(axis);
    int first = (int) Math.ceil(position - s.kernelReach() / scale);
    int last = (int) Math.floor(position + s.kernelReach() / scale);
    int low = Math.clamp(first, 0, in - 1);
    double[] sums = new double[Math.clamp(last, 0, in - 1) - low + 1];
    double total = 0;
    for (int i = first; i <= last; i++) {
      if (!s.excludeOutside() || (i >= 0 && i < in)) {
        double w = s.kernel((i - position) * scale);
        sums[Math.clamp(i, 0, in - 1) - low] += w;
        total += w;
      }
    }
    // The kernels' own weights sum to 1 up to rounding; widened or cut ones do not.
    boolean whole = !s.antialias() && !s.excludeOutside();
    for (int i = 0; i < sums.length; i++) {
      add(o, low + i, (float) (whole ? sums[i] : sums[i] / total));
    }
  }

  private void add(int o, int input, float w) {
    if (w == 0) {
      return;
    }
    int at = start[o + 1]++;
    if (at == index.length) {
      index = Arrays.copyOf(index, 2 * at + 1);
      weight = Arrays.copyOf(weight, 2 * at + 1);
    }
    index[at] = input;
    weight[at] = w;
  }

  /** Inputs and outputs exchanged. */
  AxisTable transposed() {
    int taps = start[out()];
    AxisTable t = new AxisTable(out(), in, taps);
    for (int i = 0; i < taps; i++) {
      t.start[index[i] + 1]++;
    }
    for (int i = 0; i < in; i++) {
      t.start[i + 1] += t.start[i];
    }
    int[] next = t.start.clone();
    for (int o = 0; o < out(); o++) {
      for (int i = start[o]; i < start[o + 1]; i++) {
        int at = next[index[i]]++;
        t.index[at] = o;
        t.weight[at] = weight[i];
      }
    }
    return t;
  }

  int in() {
    return in;
  }

  int out() {
    return start.length - 1;
  }

  int[] start() {
    return start;
  }

  int[] index() {
    return index;
  }

  float[] weight() {
    return weight;
  }

  /** Taps of output {@code o}. */
  int taps(int o) {
    return start[o + 1] - start[o];
  }

  int mostTaps() {
    int most = 0;
    for (int o = 0; o < out(); o++) {
      most = Math.max(most, taps(o));
    }
    return most;
  }

  /** Whether every output is a copy of one input. */
  boolean picks() {
    for (int o = 0; o < out(); o++) {
      if (taps(o) != 1 || weight[start[o]] != 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether every output is the input at its own place. */
  boolean isIdentity() {
    boolean same = in == out() && picks();
    for (int o = 0; same && o < in; o++) {
      same = index[o] == o;
    }
    return same;
  }

  /** The first input that outputs [from, to) read; {@link #in} if none. */
  int first(int from, int to) {
    int first = in;
    for (int t = start[from]; t < start[to]; t++) {
      first = Math.min(first, index[t]);
    }
    return first;
  }

  /** One past the last input that outputs [from, to) read; 0 if none. */
  int end(int from, int to) {
    int end = 0;
    for (int t = start[from]; t < start[to]; t++) {
      end = Math.max(end, index[t] + 1);
    }
    return end;
  }
}
