package io.lanewise.propertytests.faults;

import static io.lanewise.propertytests.faults.GemmMistake.*;

import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.faults.BlockedProduct.Operand;

/**
 * A matrix product by {@link BlockedProduct}; a task is {@value #ROWS} rows of C. Right, unless it
 * is told a mistake.
 */
final class SeededGemm implements Gemm {
  private static final int ROWS = 8;

  private final GemmShape s;
  private final Mistake mistake;
  private final Contract contract;

  SeededGemm(GemmShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    this.contract = new Contract(mistake);
  }

  @Override
  public GemmShape shape() {
    return s;
  }

  @Override
  public WorkspaceSpec workspace() {
    return contract.workspace(new WorkspaceSpec(0, BlockedProduct.SCRATCH));
  }

  @Override
  public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    Tensor left = contract.input(a, s.a(), "a");
    Tensor.requireShape(b, s.b(), "b");
    contract.output(c, s.c(), "c", a, "a");
    Tensor.requireDisjoint(c, "c", b, "b");
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.m(), c, ws);
    if (!adds() && !(mistake == EMPTY_SUM_SKIPPED && s.k() == 0)) {
      c.fill(0f);
    } else if (s.accumulate() && mistake != BETA_ADDS) {
      scale(c, s.beta());
    }
    if (s.alpha() != 1 && mistake != ALPHA_IGNORED) {
      left = scale(left.copy(), s.alpha());
    }
    GemmShape one = s.withBatch(1);
    for (int q = 0; q < s.batch(); q++) {
      Tensor right = part(b, one.b(), mistake == BATCH_OF_ONE_B ? 0 : q);
      product(part(left, one.a(), q), right, part(c, one.c(), q), ws, par);
    }
    contract.end(a, c, par, before);
  }

  private static Tensor scale(Tensor x, float factor) {
    for (int i = x.offset(); i < x.offset() + x.size(); i++) {
      x.array()[i] *= factor;
    }
    return x;
  }

  private static Tensor part(Tensor batch, Shape one, int q) {
    return Tensor.wrap(one, batch.array(), batch.offset() + q * one.size());
  }

  private void product(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
    Operand opA = operandA(a);
    Operand opB = operandB(b);
    boolean backwards = mistake == ProductMistake.STEPS_BY_WORKERS && par.workers() > 1;
    BlockedProduct product = new BlockedProduct(mistake, backwards);
    int tasks = Math.ceilDiv(s.m(), ROWS);
    int done = mistake == LAST_ROWS_DROPPED && s.m() % ROWS == 1 && tasks > 1 ? tasks - 1 : tasks;
    par.forEach(
        done,
        (task, worker) -> {
          int rows = Math.min(ROWS, s.m() - task * ROWS);
          int at = ws.workerOffset(worker);
          Operand block = opA.from(task * ROWS);
          int cOff = c.offset() + task * ROWS * s.n();
          product.run(rows, s.n(), s.k(), block, opB, c.array(), cOff, s.n(), ws.array(), at);
        });
    for (int i = c.offset(); i < c.offset() + c.size(); i++) {
      c.array()[i] = RoundingMistake.apply(mistake, c.array()[i]);
    }
  }

  private boolean adds() {
    return mistake == ACCUMULATES_ALWAYS
        || (s.accumulate() && !(mistake == ACCUMULATE_IGNORED && s.m() > ROWS));
  }

  private Operand operandA(Tensor a) {
    boolean transposed = mistake == TRANSPOSES_SWAPPED ? s.transposeB() : s.transposeA();
    if (mistake == TRANSPOSE_A_IGNORED_IF_SQUARE && s.m() == s.k()) {
      transposed = false;
    }
    return new Operand(a.array(), a.offset(), transposed ? 1 : s.k(), transposed ? s.m() : 1);
  }

  private Operand operandB(Tensor b) {
    boolean transposed = mistake == TRANSPOSES_SWAPPED ? s.transposeA() : s.transposeB();
    int ld = mistake == TRANSPOSED_LD ? s.n() : s.k();
    return new Operand(b.array(), b.offset(), transposed ? ld : 1, transposed ? 1 : s.n());
  }
}
