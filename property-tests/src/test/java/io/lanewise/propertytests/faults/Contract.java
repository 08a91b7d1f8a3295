package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.ContractMistake.*;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** The checks around an operation, with the seams at which {@link ContractMistake}s enter. */
final class Contract {
  private final Mistake mistake;

  Contract(Mistake mistake) {
    this.mistake = mistake;
  }

  /** What a plan asks for; one float for whoever trusts it. */
  WorkspaceSpec workspace(WorkspaceSpec wanted) {
    return mistake == TRUSTS_WORKSPACE ? wanted.max(new WorkspaceSpec(1, 0)) : wanted;
  }

  /** Checks an input. */
  Tensor input(Tensor x, Shape shape, String name) {
    Tensor checked = mistake == SHAPE_ACCEPTED && x.size() == shape.size() ? x.reshape(shape) : x;
    Tensor.requireShape(checked, shape, name);
    return mistake == OFFSET_IGNORED ? Tensor.wrap(shape, x.array(), 0) : checked;
  }

  /** Checks an output against an input. */
  void output(Tensor y, Shape shape, String name, Tensor x, String inputName) {
    Tensor.requireShape(y, shape, name);
    if (mistake != OVERLAP_ACCEPTED) {
      Tensor.requireDisjoint(y, name, x, inputName);
    }
  }

  /** Before the work: what {@link #end} is told. */
  float begin(int n, Tensor y, Workspace ws) {
    if (mistake == EMPTY_BATCH_FAILS && n == 0) {
      throw new ArithmeticException("/ by zero");
    }
    if (mistake == TRUSTS_WORKSPACE) {
      return ws.array()[ws.sharedOffset()];
    }
    return mistake == LAST_UNWRITTEN && y.size() > 0 ? y.array()[last(y)] : 0f;
  }

  /** After the work. */
  void end(Tensor x, Tensor y, Parallel par, float before) {
    if (mistake == WRITES_ONE_BEYOND && last(y) + 1 < y.array().length) {
      y.array()[last(y) + 1] = 0f;
    }
    if (mistake == BITS_OF_WORKERS && par.workers() > 1) {
      for (int i = y.offset(); i <= last(y); i++) {
        y.array()[i] = y.array()[i] * 3f / 3f;
      }
    }
    if (y.size() == 0 || x.size() == 0) {
      return;
    }
    if (mistake == LAST_UNWRITTEN) {
      y.array()[last(y)] = before;
    } else if (mistake == TRUSTS_WORKSPACE) {
      y.array()[y.offset()] += before;
    } else if (mistake == CHANGES_INPUT) {
      x.array()[last(x)] = Math.round(x.array()[last(x)] / 2f);
    }
  }

  private static int last(Tensor t) {
    return t.offset() + t.size() - 1;
  }
}
