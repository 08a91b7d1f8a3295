package io.lanewise.onnx;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.stage.Execution;
import io.lanewise.onnx.stage.Feed;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Inputs, a run, and its outputs. It may be run again, with other inputs or the same; then nothing
 * is allocated, and outputs are overwritten unless others were set. For one thread at a time.
 *
 * <pre>{@code
 * OnnxCall call = session.call().input("image", pixels, 1, 3, 224, 224);
 * float[] scores = call.run().tensor("scores").toArray();
 * }</pre>
 */
public final class OnnxCall {
  static final BooleanSupplier NEVER = () -> false;

  private final OnnxSession session;
  private final Feed inputs;
  private final Feed required;
  private final Feed outputs;
  private final boolean[] kept;
  private BooleanSupplier cancelled = NEVER;
  private Execution execution;
  private boolean hasRun;

  OnnxCall(OnnxSession session) {
    this.session = session;
    this.inputs = new Feed(session.inputs().size());
    this.required = new Feed(session.requiredInputs());
    this.outputs = new Feed(session.outputs().size());
    this.kept = new boolean[session.outputs().size()];
    this.execution = session.execution(NEVER, null);
  }

  /** Sets an input of float32; not copied unless channels are last. */
  public OnnxCall input(String name, Tensor x) {
    inputs.set(session.inputNumber(name), x);
    return this;
  }

  /** Sets an input; not copied. */
  public OnnxCall input(String name, TypedTensor x) {
    inputs.set(session.inputNumber(name), x);
    return this;
  }

  /** Sets an input of float32; not copied. */
  public OnnxCall input(String name, float[] values, int... dims) {
    return input(name, Tensor.of(Shape.of(dims), values));
  }

  /** Sets an input of int64; not copied. */
  public OnnxCall input(String name, long[] values, int... dims) {
    return input(name, TypedTensor.of(ElementType.INT64, Shape.of(dims), values));
  }

  /** Copies an input of float32 from a buffer's remaining elements, whose position stays. */
  public OnnxCall input(String name, FloatBuffer values, int... dims) {
    Shape shape = Shape.of(dims);
    if (values.remaining() != shape.size()) {
      throw new OnnxException(
          "input '%s': %s needs %d values, got a buffer of %d"
              .formatted(name, shape, shape.size(), values.remaining()));
    }
    float[] copy = new float[shape.size()];
    values.get(values.position(), copy);
    return input(name, Tensor.of(shape, copy));
  }

  /**
   * Copies an input from a buffer's remaining bytes, in the buffer's byte order; its position
   * stays.
   */
  public OnnxCall input(String name, ByteBuffer bytes, ElementType type, int... dims) {
    return input(name, Buffers.tensor(name, bytes, type, Shape.of(dims)));
  }

  /** Sets where the output of this name goes; channels first. */
  public OnnxCall output(String name, Tensor y) {
    return output(name, session.outputNumber(name), y);
  }

  OnnxCall output(String name, int number, Tensor y) {
    if (y.layout() != Layout.CHANNELS_FIRST) {
      throw new OnnxException(
          "output '%s' goes to a tensor of channels first, got %s".formatted(name, y.layout()));
    }
    outputs.set(number, y);
    kept[number] = true;
    return this;
  }

  /** Sets where the output of this name goes. */
  public OnnxCall output(String name, TypedTensor y) {
    int number = session.outputNumber(name);
    outputs.set(number, y);
    kept[number] = true;
    return this;
  }

  /**
   * Asked before each node, and each round of a loop; once it says yes, the run ends with a
   * CancellationException.
   */
  public OnnxCall cancelledBy(BooleanSupplier asked) {
    this.cancelled = asked;
    this.execution = session.execution(asked, null);
    return this;
  }

  /**
   * Runs.
   *
   * @return this, for its outputs
   * @throws OnnxException if an input is missing, or not of the type that the model says
   * @throws CancellationException if it was cancelled; outputs then hold nothing of meaning
   * @throws IllegalStateException if the session is closed
   */
  public OnnxCall run() {
    hasRun = false;
    session.run(execution, inputs, required, outputs, kept);
    hasRun = true;
    return this;
  }

  /** Runs, and takes the time of each node. */
  public OnnxProfile profile() {
    hasRun = false;
    List<Execution.Seen> seen = new ArrayList<>();
    long start = System.nanoTime();
    session.run(session.execution(cancelled, seen), inputs, required, outputs, kept);
    long nanos = System.nanoTime() - start;
    hasRun = true;
    return OnnxProfile.of(nanos, seen);
  }

  /**
   * An output of float32; the next run overwrites it.
   *
   * @throws OnnxException if there is no such output, or it is of another type
   */
  public Tensor tensor(String name) {
    Tensor y = outputs.tensor(number(name));
    if (y == null) {
      throw new OnnxException(
          "output '%s' is %s, not float: use typed".formatted(name, type(name)));
    }
    return y;
  }

  /** An output of any element type; the next run overwrites it. */
  public TypedTensor typed(String name) {
    return outputs.typed(number(name));
  }

  private int number(String name) {
    int number = session.outputNumber(name);
    if (!hasRun) {
      throw new IllegalStateException("there are no outputs before a run");
    }
    return number;
  }

  /** Type of an output of the latest run. */
  public ValueType type(String name) {
    return outputs.type(number(name));
  }

  Feed outputs() {
    return outputs;
  }

  /** Forgets inputs and outputs. */
  void clear() {
    inputs.clear();
    required.clear();
    outputs.clear();
    Arrays.fill(kept, false);
    if (!cancelled.equals(NEVER)) {
      cancelledBy(NEVER);
    }
    hasRun = false;
  }
}
