package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators on sequences. */
final class Sequences {
  private Sequences() {}

  static void addTo(OpTable<ValueOp> table) {
    table.add("SequenceEmpty", 11, call -> one(List.of()));
    table.add("SequenceConstruct", 11, call -> one(call.inputs()));
    table.add("SequenceAt", 11, call -> List.of(call.sequence(0).get(position(call, 1, 0))));
    table.add("SequenceInsert", 11, Sequences::insert);
    table.add("SequenceErase", 11, Sequences::erase);
    table.add(
        "SequenceLength",
        11,
        call -> List.of(HostValue.of(TypedTensor.scalar(call.sequence(0).size()))));
    table.add("SplitToSequence", 11, Sequences::split);
    table.add("ConcatFromSequence", 11, Sequences::concat);
    table.add("SequenceMap", 17, Sequences::map);
    table.add("Identity", 14, call -> List.of(call.input(0)));
  }

  private static List<HostValue> one(List<HostValue> values) {
    return List.of(new HostValue.OfSequence(values));
  }

  /** The place that an input names, from the end if it is negative. */
  private static int position(ValueCall call, int input, int beyond) {
    int size = call.sequence(0).size();
    long at = call.tensor(input).longAt(0);
    if (at < -size || at >= size + beyond) {
      throw call.wrong("position %d in a sequence of %d", at, size);
    }
    return (int) (at < 0 ? at + size : at);
  }

  private static List<HostValue> insert(ValueCall call) {
    List<HostValue> values = new ArrayList<>(call.sequence(0));
    values.add(call.has(2) ? position(call, 2, 1) : values.size(), call.input(1));
    return one(values);
  }

  private static List<HostValue> erase(ValueCall call) {
    List<HostValue> values = new ArrayList<>(call.sequence(0));
    if (call.has(1)) {
      values.remove(position(call, 1, 0));
    } else {
      values.removeLast();
    }
    return one(values);
  }

  /** Lengths are one for all parts, or one each; without them each index is a part. */
  private static List<HostValue> split(ValueCall call) {
    TypedTensor x = call.tensor(0);
    int axis = call.attributes().axis(0, x.shape().rank());
    int size = x.shape().dim(axis);
    boolean each = call.has(1) && call.tensor(1).shape().rank() > 0;
    long[] lengths;
    if (each) {
      lengths = Elements.longs(call.tensor(1));
    } else {
      long length = call.has(1) ? call.tensor(1).longAt(0) : 1;
      if (length < 1) {
        throw call.wrong("parts should be of length 1 at least, got %d", length);
      }
      lengths = new long[Math.toIntExact(Math.ceilDiv(size, length))];
      Arrays.setAll(lengths, i -> Math.min(length, size - i * length));
    }
    if (Arrays.stream(lengths).sum() != size || Arrays.stream(lengths).anyMatch(l -> l < 0)) {
      throw call.wrong("lengths %s do not make up %d", Arrays.toString(lengths), size);
    }
    boolean keep = call.has(1) || call.node().intOr("keepdims", 1) != 0;
    List<HostValue> parts = new ArrayList<>();
    for (TypedTensor part : JoinOps.parts(x, axis, lengths)) {
      Shape without = Reductions.shape(x.shape(), new int[] {axis}, false);
      parts.add(HostValue.of(keep ? part : part.reshape(without)));
    }
    return one(parts);
  }

  private static List<HostValue> concat(ValueCall call) {
    List<TypedTensor> parts = new ArrayList<>();
    for (HostValue v : call.sequence(0)) {
      parts.add(call.tensor(v, "an element"));
    }
    if (parts.isEmpty()) {
      throw call.wrong("the sequence is empty");
    }
    boolean fresh = call.node().intOr("new_axis", 0) != 0;
    int rank = parts.getFirst().shape().rank() + (fresh ? 1 : 0);
    int axis = call.attributes().axis(0, rank);
    TypedTensor y = fresh ? ControlFlow.stack(call, parts, axis) : JoinOps.concat(parts, axis);
    return List.of(HostValue.of(y));
  }

  /** The body for each element of the first input; other sequences go along, tensors stay. */
  private static List<HostValue> map(ValueCall call) {
    OnnxGraph body = call.graph("body");
    int count = call.sequence(0).size();
    List<List<HostValue>> results = new ArrayList<>();
    body.outputs().forEach(o -> results.add(new ArrayList<>()));
    for (int i = 0; i < count; i++) {
      List<HostValue> inputs = new ArrayList<>();
      for (int k = 0; k < call.inputs().size(); k++) {
        if (call.input(k) instanceof HostValue.OfSequence s) {
          if (s.values().size() != count) {
            throw call.wrong("sequences of %d and %d elements", count, s.values().size());
          }
          inputs.add(s.values().get(i));
        } else {
          inputs.add(call.input(k));
        }
      }
      List<HostValue> outputs = call.scope().run(body, inputs);
      for (int k = 0; k < results.size(); k++) {
        results.get(k).add(outputs.get(k));
      }
    }
    List<HostValue> sequences = new ArrayList<>();
    results.forEach(r -> sequences.add(new HostValue.OfSequence(r)));
    return sequences;
  }
}
