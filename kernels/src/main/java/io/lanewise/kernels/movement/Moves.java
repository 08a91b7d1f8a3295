package io.lanewise.kernels.movement;

import io.lanewise.kernels.parallel.CallFrame;
import io.lanewise.kernels.parallel.FramePool;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.parallel.TaskBody;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Moves boxes between tensors, phase by phase. */
final class Moves {
  private static final long WORK_PER_ELEMENT = 4;

  private final List<Phase> phases;
  private final FramePool<Call> calls = new FramePool<>(Call::new);

  Moves(Phase... phases) {
    this.phases = List.of(phases);
  }

  /** From one tensor to another. */
  void run(Tensor src, Tensor dst, Parallel par) {
    run(src, null, dst, null, par);
  }

  /** From several tensors to one. */
  void join(List<Tensor> srcs, Tensor dst, Parallel par) {
    run(null, srcs, dst, null, par);
  }

  /** From one tensor to several. */
  void cut(Tensor src, List<Tensor> dsts, Parallel par) {
    run(src, null, null, dsts, par);
  }

  private void run(Tensor src, List<Tensor> srcs, Tensor dst, List<Tensor> dsts, Parallel par) {
    try (Call call = calls.take()) {
      call.src = src;
      call.srcs = srcs;
      call.dst = dst;
      call.dsts = dsts;
      for (int i = 0; i < phases.size(); i++) {
        call.phase = phases.get(i);
        par.forWork(call.phase.elements() * WORK_PER_ELEMENT)
            .forEach(call.phase.tasks(), call.task);
      }
    }
  }

  /** The tensors of one call. */
  static final class Call extends CallFrame {
    private Tensor src;
    private List<Tensor> srcs;
    private Tensor dst;
    private List<Tensor> dsts;
    private Phase phase;
    private final TaskBody task = this::task;

    private void task(int number, int worker) {
      phase.run(number, this);
    }

    float[] srcArray(int part) {
      return (srcs == null ? src : srcs.get(part)).array();
    }

    int srcOffset(int part) {
      return (srcs == null ? src : srcs.get(part)).offset();
    }

    float[] dstArray(int part) {
      return (dsts == null ? dst : dsts.get(part)).array();
    }

    int dstOffset(int part) {
      return (dsts == null ? dst : dsts.get(part)).offset();
    }

    @Override
    protected void clear() {
      src = null;
      srcs = null;
      dst = null;
      dsts = null;
      phase = null;
    }
  }
}
