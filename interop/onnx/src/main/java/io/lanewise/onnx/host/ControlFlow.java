package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.ValueInfo;
import io.lanewise.onnx.model.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** If, Loop and Scan, which run graphs of their own. */
final class ControlFlow {
  private ControlFlow() {}

  static void addTo(OpTable<ValueOp> table) {
    table.add("If", ControlFlow::branch);
    table.add("Loop", ControlFlow::loop);
    table.add("", "Scan", 8, 8, ControlFlow::batchScan);
    table.add("Scan", 9, call -> scan(call, call.inputs()));
  }

  private static List<HostValue> branch(ValueCall call) {
    TypedTensor condition = call.tensor(0);
    if (condition.size() != 1) {
      throw call.wrong("the condition should be one element, got %s", condition);
    }
    String taken = condition.booleanAt(0) ? "then_branch" : "else_branch";
    return call.scope().run(call.graph(taken), List.of());
  }

  /** Outputs are the last values of what is carried, then what each iteration adds, stacked. */
  private static List<HostValue> loop(ValueCall call) {
    OnnxGraph body = call.graph("body");
    long trips = call.has(0) ? call.tensor(0).longAt(0) : Long.MAX_VALUE;
    boolean goesOn = !call.has(1) || call.tensor(1).booleanAt(0);
    List<HostValue> carried =
        new ArrayList<>(
            call.inputs().subList(Math.min(2, call.inputs().size()), call.inputs().size()));
    int states = carried.size();
    requireBody(call, body, 2 + states, 1 + states);
    List<List<TypedTensor>> added = lists(body.outputs().size() - 1 - states);
    for (long i = 0; i < trips && goesOn; i++) {
      call.scope().requireWanted();
      List<HostValue> inputs = new ArrayList<>();
      inputs.add(HostValue.of(TypedTensor.scalar(i)));
      inputs.add(HostValue.of(bool(goesOn)));
      inputs.addAll(carried);
      List<HostValue> outputs = call.scope().run(body, inputs);
      goesOn = call.tensor(outputs.getFirst(), "the condition").booleanAt(0);
      carried = new ArrayList<>(outputs.subList(1, 1 + states));
      collect(call, outputs, 1 + states, added);
    }
    List<HostValue> results = new ArrayList<>(carried);
    for (int i = 0; i < added.size(); i++) {
      results.add(HostValue.of(stacked(call, added.get(i), 0, body.outputs().get(1 + states + i))));
    }
    return results;
  }

  private static TypedTensor bool(boolean value) {
    TypedTensor t = TypedTensor.zeros(ElementType.BOOL, Shape.of());
    t.setLong(0, value ? 1 : 0);
    return t;
  }

  private static void requireBody(ValueCall call, OnnxGraph body, int inputs, int leastOutputs) {
    if (body.inputs().size() != inputs || body.outputs().size() < leastOutputs) {
      throw call.wrong(
          "the body should have %d inputs and at least %d outputs, got %d and %d",
          inputs, leastOutputs, body.inputs().size(), body.outputs().size());
    }
  }

  private static List<List<TypedTensor>> lists(int count) {
    List<List<TypedTensor>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private static void collect(
      ValueCall call, List<HostValue> outputs, int first, List<List<TypedTensor>> added) {
    for (int i = 0; i < added.size(); i++) {
      added.get(i).add(call.tensor(outputs.get(first + i), "a scan output"));
    }
  }

  /** What iterations added; the shape of nothing is the declared one, unknown sizes being 0. */
  private static TypedTensor stacked(
      ValueCall call, List<TypedTensor> parts, int axis, ValueInfo declared) {
    if (!parts.isEmpty()) {
      return stack(call, parts, axis);
    }
    if (declared.type() instanceof ValueType.OfTensor t && t.dimensions().isPresent()) {
      List<ValueType.Dimension> dims = new ArrayList<>(t.dimensions().get());
      dims.add(Math.min(axis, dims.size()), ValueType.Dimension.of(0));
      long[] sizes = dims.stream().mapToLong(d -> Math.max(0, d.size())).toArray();
      return TypedTensor.zeros(t.element(), call.attributes().shape(sizes));
    }
    throw call.attributes().unsupported("an output of no iteration and of untold shape");
  }

  /** Parts of one shape along a new axis. */
  static TypedTensor stack(ValueCall call, List<TypedTensor> parts, int axis) {
    List<TypedTensor> rows = new ArrayList<>();
    for (TypedTensor p : parts) {
      int[] dims = p.shape().toArray();
      int[] longer = new int[dims.length + 1];
      System.arraycopy(dims, 0, longer, 0, axis);
      longer[axis] = 1;
      System.arraycopy(dims, axis, longer, axis + 1, dims.length - axis);
      rows.add(p.reshape(Shape.of(longer)));
    }
    return JoinOps.concat(rows, axis);
  }

  /** In version 8 the first axis was a batch, run row by row, and lengths could be given. */
  private static List<HostValue> batchScan(ValueCall call) {
    if (call.has(0)) {
      throw call.attributes().unsupported("sequences of unequal lengths");
    }
    List<HostValue> given = call.inputs().subList(1, call.inputs().size());
    int batch = call.tensor(1).shape().dim(0);
    List<List<TypedTensor>> results = lists(call.node().outputs().size());
    for (int b = 0; b < batch; b++) {
      List<HostValue> row = new ArrayList<>();
      for (int i = 0; i < given.size(); i++) {
        row.add(HostValue.of(index(call.tensor(i + 1), 0, b)));
      }
      collect(call, scan(call, row), 0, results);
    }
    if (batch == 0) {
      throw call.attributes().unsupported("an empty batch");
    }
    return results.stream().map(parts -> HostValue.of(stack(call, parts, 0))).toList();
  }

  /** Runs the body for each index of the scanned axes. */
  private static List<HostValue> scan(ValueCall call, List<HostValue> inputs) {
    OnnxGraph body = call.graph("body");
    int scanned = (int) call.node().intOr("num_scan_inputs", 0);
    int states = inputs.size() - scanned;
    if (scanned < 1 || states < 0) {
      throw call.wrong("%d scanned inputs of %d", scanned, inputs.size());
    }
    requireBody(call, body, inputs.size(), states);
    int[] axes = numbers(call, "scan_input_axes", scanned);
    boolean version8 = call.opset() < 9;
    int[] reversed = numbers(call, version8 ? "directions" : "scan_input_directions", scanned);
    List<TypedTensor> sources = new ArrayList<>();
    int steps = -1;
    for (int i = 0; i < scanned; i++) {
      TypedTensor t = call.tensor(inputs.get(states + i), "a scanned input");
      axes[i] = call.attributes().axisOf(axes[i], t.shape().rank());
      int size = t.shape().dim(axes[i]);
      if (steps >= 0 && size != steps) {
        throw call.wrong("scanned inputs have %d and %d steps", steps, size);
      }
      steps = size;
      sources.add(t);
    }
    List<HostValue> carried = new ArrayList<>(inputs.subList(0, states));
    List<List<TypedTensor>> added = lists(body.outputs().size() - states);
    for (int s = 0; s < steps; s++) {
      List<HostValue> given = new ArrayList<>(carried);
      for (int i = 0; i < scanned; i++) {
        int at = reversed[i] != 0 ? steps - 1 - s : s;
        given.add(HostValue.of(index(sources.get(i), axes[i], at)));
      }
      List<HostValue> outputs = call.scope().run(body, given);
      carried = new ArrayList<>(outputs.subList(0, states));
      collect(call, outputs, states, added);
    }
    int[] outAxes = numbers(call, "scan_output_axes", added.size());
    int[] outReversed = numbers(call, "scan_output_directions", added.size());
    List<HostValue> results = new ArrayList<>(carried);
    for (int i = 0; i < added.size(); i++) {
      List<TypedTensor> parts = added.get(i);
      if (outReversed[i] != 0) {
        Collections.reverse(parts);
      }
      int rank = parts.isEmpty() ? outAxes[i] + 1 : parts.getFirst().shape().rank() + 1;
      int axis = call.attributes().axisOf(outAxes[i], Math.max(1, rank));
      ValueInfo declared = body.outputs().get(states + i);
      results.add(HostValue.of(stacked(call, parts, axis, declared)));
    }
    return results;
  }

  private static int[] numbers(ValueCall call, String attribute, int count) {
    long[] given = call.node().ints(attribute).orElse(new long[count]);
    if (given.length != count) {
      throw call.wrong("%s should be %d numbers, got %d", attribute, count, given.length);
    }
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Math.toIntExact(given[i]);
    }
    return numbers;
  }

  /** One index of an axis, which goes. */
  private static TypedTensor index(TypedTensor x, int axis, int at) {
    return SliceOps.take(x, axis, new int[] {at})
        .reshape(Reductions.shape(x.shape(), new int[] {axis}, false));
  }
}
