package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** RNN, GRU and LSTM: a cell runs along the sequence, forward, backward, or both ways. */
final class Recurrent {
  private Recurrent() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("RNN", call -> run(call, 1, List.of("Tanh"), RnnCell::new));
    table.add("GRU", call -> run(call, 3, List.of("Sigmoid", "Tanh"), GruCell::new));
    table.add("LSTM", call -> run(call, 4, List.of("Sigmoid", "Tanh", "Tanh"), LstmCell::new));
  }

  /** The parameters of one direction. */
  interface CellMaker {
    RecurrentCell of(CellWeights weights);
  }

  private static List<TypedTensor> run(
      HostCall call, int gates, List<String> defaults, CellMaker maker) {
    boolean batchFirst = call.node().intOr("layout", 0) != 0;
    TypedTensor x = call.ranked(0, 3);
    x = batchFirst ? Strided.transpose(x, 1, 0, 2) : x;
    String direction = call.node().textOr("direction", "forward");
    int directions = direction.equals("bidirectional") ? 2 : 1;
    int hidden = call.ranked(2, 3).shape().dim(2);
    int steps = x.shape().dim(0);
    int batch = x.shape().dim(1);
    Shape whole = call.shape(steps, directions, batch, hidden);
    double[] y = new double[whole.size()];
    double[] lastH = new double[directions * batch * hidden];
    double[] lastC = new double[lastH.length];
    int[] lengths = lengths(call, steps, batch);
    double[] xs = Elements.doubles(x);
    double[] firstH = state(call, 5, batchFirst, lastH.length);
    double[] firstC = state(call, gates == 4 ? 6 : Integer.MAX_VALUE, batchFirst, lastH.length);
    for (int d = 0; d < directions; d++) {
      boolean reverse = direction.equals("reverse") || d == 1;
      CellWeights weights =
          CellWeights.of(
              call,
              d,
              directions,
              gates,
              x.shape().dim(2),
              activations(call, d, directions, defaults));
      RecurrentCell cell = maker.of(weights);
      for (int b = 0; b < batch; b++) {
        int at = (d * batch + b) * hidden;
        double[] h = Arrays.copyOfRange(firstH, at, at + hidden);
        double[] c = Arrays.copyOfRange(firstC, at, at + hidden);
        for (int s = 0; s < lengths[b]; s++) {
          int t = reverse ? lengths[b] - 1 - s : s;
          h = cell.step(xs, (t * batch + b) * weights.inputs(), h, c);
          System.arraycopy(h, 0, y, ((t * directions + d) * batch + b) * hidden, hidden);
        }
        System.arraycopy(h, 0, lastH, at, hidden);
        System.arraycopy(c, 0, lastC, at, hidden);
      }
    }
    Shape last = Shape.of(directions, batch, hidden);
    ElementType type = x.type();
    List<TypedTensor> outputs = new ArrayList<>();
    TypedTensor all = Elements.of(type, whole, y);
    outputs.add(batchFirst ? Strided.transpose(all, 2, 0, 1, 3) : all);
    outputs.add(ordered(Elements.of(type, last, lastH), batchFirst));
    if (gates == 4) {
      outputs.add(ordered(Elements.of(type, last, lastC), batchFirst));
    }
    return outputs;
  }

  private static TypedTensor ordered(TypedTensor state, boolean batchFirst) {
    return batchFirst ? Strided.transpose(state, 1, 0, 2) : state;
  }

  /** [directions][batch][hidden], zeros if it is left out. */
  private static double[] state(HostCall call, int input, boolean batchFirst, int size) {
    if (!call.has(input)) {
      return new double[size];
    }
    TypedTensor state = ordered(call.ranked(input, 3), batchFirst);
    if (state.size() != size) {
      throw call.wrong("input %d should have %d elements, got %s", input, size, state);
    }
    return Elements.doubles(state);
  }

  private static int[] lengths(HostCall call, int steps, int batch) {
    int[] lengths = new int[batch];
    for (int b = 0; b < batch; b++) {
      long length = call.has(4) ? call.ranked(4, 1).longAt(b) : steps;
      if (length < 0 || length > steps) {
        throw call.wrong("a sequence's length should be from 0 to %d, got %d", steps, length);
      }
      lengths[b] = (int) length;
    }
    return lengths;
  }

  private static List<DoubleUnaryOperator> activations(
      HostCall call, int direction, int directions, List<String> defaults) {
    int count = defaults.size();
    List<String> given = call.node().texts("activations").orElse(null);
    if (given != null && given.size() != count * directions) {
      throw call.wrong("expected %d activations, got %s", count * directions, given);
    }
    List<Float> alphas = call.node().floats("activation_alpha").orElse(List.of());
    List<Float> betas = call.node().floats("activation_beta").orElse(List.of());
    List<DoubleUnaryOperator> functions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = direction * count + i;
      String name = given == null ? defaults.get(i) : given.get(at);
      double alpha = at < alphas.size() ? alphas.get(at) : Activations.alpha(name);
      double beta = at < betas.size() ? betas.get(at) : Activations.beta(name);
      DoubleUnaryOperator f = Activations.of(name, alpha, beta);
      if (f == null) {
        throw call.unsupported("activation " + name);
      }
      functions.add(f);
    }
    return functions;
  }
}
