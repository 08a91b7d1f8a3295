package io.lanewise.kernels.quantised;

import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.NarrowKernels;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;

/** Packed weights of a plan of floats, kept in 16 bits between its runs. */
final class NarrowStore {
  private static final int TASK = 1 << 15; // weights: 128 KB once they are wide

  /** Of shorts and floats one is there. */
  private static final class Weights implements QuantisedWeights {
    private final String layout;
    private final short[] shorts;
    private final PackedWeights floats;

    Weights(String layout, short[] shorts, PackedWeights floats) {
      this.layout = layout;
      this.shorts = shorts;
      this.floats = floats;
    }

    @Override
    public String layout() {
      return layout;
    }
  }

  private final WeightFormat format;
  private final String inner; // layout that the plan of floats reads
  private final String layout;
  private final int size;
  private final NarrowKernels kernels;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  /**
   * For weights as {@code empty}.
   *
   * @throws IllegalArgumentException if the format takes no 16 bits
   */
  NarrowStore(PackedWeights empty, WeightFormat format, Target target) {
    NarrowConv.requireHalf(format);
    this.format = format;
    this.inner = empty.layout();
    this.layout = "narrow " + format + " " + inner;
    this.size = empty.data().length;
    this.kernels = target.kernels().narrow();
  }

  /** What the plan of floats needs, and room for its weights. */
  WorkspaceSpec workspace(WorkspaceSpec plan) {
    return new WorkspaceSpec(plan.sharedFloats(), plan.floatsPerWorker(), size);
  }

  /** A copy, rounded. */
  Tensor rounded(Tensor w) {
    Tensor rounded = w.copy();
    for (int i = 0; i < rounded.size(); i++) {
      rounded.array()[i] = HalfFloats.widen(HalfFloats.narrow(rounded.array()[i], format), format);
    }
    return rounded;
  }

  /** What {@link #widen} takes: in 16 bits, if that loses nothing. */
  QuantisedWeights keep(PackedWeights packed) {
    float[] floats = packed.data();
    short[] shorts = new short[size];
    for (int i = 0; i < size; i++) {
      shorts[i] = HalfFloats.narrow(floats[i], format);
      float back = HalfFloats.widen(shorts[i], format);
      if (Float.floatToIntBits(back) != Float.floatToIntBits(floats[i])) {
        return new Weights(layout, null, packed);
      }
    }
    return new Weights(layout, shorts, null);
  }

  private Weights require(QuantisedWeights w) {
    if (w instanceof Weights ours && ours.layout.equals(layout)) {
      return ours;
    }
    throw new IllegalArgumentException(
        "these weights are packed as '"
            + w.layout()
            + "', but the plan reads '"
            + layout
            + "': pack them with the plan that runs them");
  }

  boolean isNarrow(QuantisedWeights w) {
    return require(w).shorts != null;
  }

  /** The weights in floats; in the workspace, which must be large enough, if they are narrow. */
  PackedWeights widen(QuantisedWeights w, Workspace ws, Parallel par) {
    Weights ours = require(w);
    if (ours.shorts == null) {
      return ours.floats;
    }
    PackedWeights wide = ws.widened(inner);
    try (Call call = calls.take()) {
      call.src = ours.shorts;
      call.dst = wide.data();
      par.forWork(size).forEach(Math.ceilDiv(size, TASK), call.part);
    }
    return wide;
  }

  private final class Call extends CallFrame {
    private short[] src;
    private float[] dst;
    private final TaskBody part = this::part;

    private void part(int task, int worker) {
      int at = task * TASK;
      int n = Math.min(TASK, size - at);
      if (format == WeightFormat.FLOAT16) {
        kernels.widenFloat16(n, src, at, dst, at);
      } else {
        kernels.widenBfloat16(n, src, at, dst, at);
      }
    }

    @Override
    protected void clear() {
      src = null;
      dst = null;
    }
  }
}
