package io.lanewise.onnx.host;

import io.lanewise.layers.typed.TypedTensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The parameters of one direction of a recurrent layer.
 *
 * @param w [gates · hidden][inputs]
 * @param r [gates · hidden][hidden]
 * @param wb bias of w, [gates · hidden]
 * @param rb bias of r, [gates · hidden]
 * @param peepholes of an LSTM, for input, output and forget gate, [3 · hidden]
 * @param activations one for each kind of gate
 * @param clip bound of what enters an activation; infinity for none
 * @param inputs length of a step's input
 * @param hidden length of the state
 * @param linearBeforeReset whether a GRU's reset gate comes after the product
 * @param inputForget whether an LSTM's forget gate is 1 - its input gate
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CellWeights(
    double[] w,
    double[] r,
    double[] wb,
    double[] rb,
    double[] peepholes,
    List<DoubleUnaryOperator> activations,
    double clip,
    int inputs,
    int hidden,
    boolean linearBeforeReset,
    boolean inputForget) {
  static CellWeights of(
      HostCall call,
      int direction,
      int directions,
      int gates,
      int inputs,
      List<DoubleUnaryOperator> activations) {
    int hidden = call.ranked(2, 3).shape().dim(2);
    int rows = gates * hidden;
    double[] biases = part(call, 3, direction, directions, 2 * rows);
    return new CellWeights(
        part(call, 1, direction, directions, rows * inputs),
        part(call, 2, direction, directions, rows * hidden),
        Arrays.copyOf(biases, rows),
        Arrays.copyOfRange(biases, rows, 2 * rows),
        part(call, gates == 4 ? 7 : Integer.MAX_VALUE, direction, directions, 3 * hidden),
        activations,
        call.node().floatOr("clip", Float.POSITIVE_INFINITY),
        inputs,
        hidden,
        call.node().intOr("linear_before_reset", 0) != 0,
        call.node().intOr("input_forget", 0) != 0);
  }

  /** One direction's part of an input; zeros if it is left out. */
  private static double[] part(HostCall call, int input, int direction, int directions, int size) {
    if (!call.has(input)) {
      return new double[size];
    }
    TypedTensor t = call.input(input);
    if (t.size() != (long) directions * size) {
      throw call.wrong("input %d should have %d · %d elements, got %s", input, directions, size, t);
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = t.doubleAt(direction * size + i);
    }
    return values;
  }

  /** Row {@code gate}, {@code unit} of w times x, and its bias. */
  double input(int gate, int unit, double[] x, int xOff) {
    int row = gate * hidden + unit;
    double sum = wb[row];
    for (int i = 0; i < inputs; i++) {
      sum += w[row * inputs + i] * x[xOff + i];
    }
    return sum;
  }

  /** Row {@code gate}, {@code unit} of r times h, and its bias. */
  double recurrence(int gate, int unit, double[] h) {
    int row = gate * hidden + unit;
    double sum = rb[row];
    for (int i = 0; i < hidden; i++) {
      sum += r[row * hidden + i] * h[i];
    }
    return sum;
  }

  /** An activation of a clipped value. */
  double activate(int kind, double v) {
    return activations.get(kind).applyAsDouble(Math.clamp(v, -clip, clip));
  }
}
