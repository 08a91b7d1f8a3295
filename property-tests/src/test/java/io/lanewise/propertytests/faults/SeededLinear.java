package io.lanewise.propertytests.faults;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.faults.LinearMistake.*;

import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.faults.BlockedProduct.Operand;

/**
 * A fully connected layer by {@link BlockedProduct}: y = x·wᵀ, all images in one task. Right,
 * unless it is told a mistake.
 */
final class SeededLinear implements LinearForward {
  private static final String LAYOUT = "linear";

  private final LinearShape s;
  private final Mistake mistake;
  private final Contract contract;

  SeededLinear(LinearShape shape, Mistake mistake) {
    this.s = shape;
    this.mistake = mistake;
    this.contract = new Contract(mistake);
  }

  @Override
  public LinearShape shape() {
    return s;
  }

  @Override
  public WorkspaceSpec workspace() {
    return contract.workspace(new WorkspaceSpec(0, BlockedProduct.SCRATCH));
  }

  @Override
  public PackedWeights newWeights() {
    return new PackedWeights(LAYOUT + s.w(), s.w().size());
  }

  @Override
  public void pack(Tensor w, PackedWeights packed) {
    requireShape(w, s.w(), "w");
    packed.require(LAYOUT + s.w());
    if (mistake != REPACK_IGNORED || packed.data()[0] == 0) {
      System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
    }
  }

  @Override
  public void run(Tensor x, PackedWeights w, Tensor bias, Tensor y, Workspace ws, Parallel par) {
    Tensor in = contract.input(x, s.x(), "x");
    contract.output(y, s.y(), "y", x, "x");
    if (bias != null) {
      requireShape(bias, s.bias(), "bias");
      requireDisjoint(y, "y", bias, "bias");
    }
    w.require(LAYOUT + s.w());
    ws.require(workspace(), par.workers());
    float before = contract.begin(s.n(), y, ws);
    for (int i = 0; i < y.size(); i++) {
      y.array()[y.offset() + i] = bias == null ? 0f : start(bias, i / s.out(), i % s.out());
    }
    boolean turned = mistake == WEIGHTS_TRANSPOSED && s.in() == s.out();
    Operand left = new Operand(in.array(), in.offset(), s.in(), 1);
    Operand right = new Operand(w.data(), 0, turned ? 1 : s.in(), turned ? s.in() : 1);
    boolean backwards = mistake == ProductMistake.STEPS_BY_WORKERS && par.workers() > 1;
    new BlockedProduct(mistake, backwards)
        .run(
            s.n(),
            s.out(),
            s.in(),
            left,
            right,
            y.array(),
            y.offset(),
            s.out(),
            ws.array(),
            ws.workerOffset(0));
    for (int i = y.offset(); i < y.offset() + y.size(); i++) {
      y.array()[i] = RoundingMistake.apply(mistake, y.array()[i]);
    }
    contract.end(x, y, par, before);
  }

  private float start(Tensor bias, int img, int o) {
    if (mistake == BIAS_FORGOTTEN && img == s.n() - 1) {
      return 0f;
    }
    int at = mistake == BIAS_BY_IMAGE && s.n() == s.out() ? img : o;
    int times = mistake == BIAS_PER_BLOCK ? Math.ceilDiv(s.in(), BlockedProduct.KC) : 1;
    return times * bias.array()[bias.offset() + at];
  }
}
