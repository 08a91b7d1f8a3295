package io.lanewise.layers.graph.ops;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.Slot;

/** The epilogue of one run; made again only if its tensors are other ones. */
final class Ending {
  private final Slot bias;
  private final Slot residual;
  private final Activation activation;
  private Epilogue epilogue;

  Ending(Slot bias, Slot residual, Activation activation) {
    this.bias = bias;
    this.residual = residual;
    this.activation = activation;
  }

  @SuppressWarnings("ReferenceEquality") // a slot holds one object as long as its memory stays
  Epilogue epilogue() {
    Tensor b = bias == null ? null : bias.tensor();
    Tensor r = residual == null ? null : residual.tensor();
    if (epilogue == null || epilogue.bias() != b || epilogue.residual() != r) {
      epilogue = new Epilogue(b, r, activation);
    }
    return epilogue;
  }
}
