package io.lanewise.propertytests.law;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.Context;
import io.lanewise.layers.Layer;
import io.lanewise.layers.Parameter;
import io.lanewise.layers.Sequential;
import java.util.ArrayList;
import java.util.List;

/** How large the sums of a network of whole numbers get: below 2^24 they are exact in float32. */
final class ExactSums {
  private ExactSums() {}

  /** What no sum of magnitudes in either pass exceeds, found by a run of the reference. */
  static double greatest(NetworkData data) {
    Sequential net = data.build();
    Context ctx = Context.training(new ReferenceBackend(), Parallel.SEQUENTIAL);
    List<Tensor> inputs = new ArrayList<>();
    Tensor x = data.x();
    for (Layer layer : net.layers()) {
      inputs.add(x.copy());
      x = layer.forward(x, ctx);
    }
    double greatest = Elements.greatest(x);
    Tensor dy = data.dy();
    for (int i = inputs.size() - 1; i >= 0; i--) {
      Layer layer = net.layers().get(i);
      greatest = Math.max(greatest, sums(layer, inputs.get(i), dy));
      dy = layer.backward(dy, true, ctx);
    }
    return Math.max(greatest, Elements.greatest(dy));
  }

  /** Of one layer: forward, then dx, then the weights' gradient. */
  private static double sums(Layer layer, Tensor x, Tensor dy) {
    double weights = 9; // without parameters: the windows that hold one input of a pooling
    for (Parameter p : layer.parameters()) {
      weights += Elements.sum(Bounds.magnitude(p.value()));
    }
    double dx = Elements.greatest(dy) * weights;
    Shape y = dy.shape();
    double places = y.size() / (double) Math.max(1, y.rank() > 1 ? y.dim(1) : 1);
    double dw = Elements.greatest(x) * Elements.greatest(dy) * places;
    return Math.max(Elements.greatest(x) * weights, Math.max(dx, dw));
  }
}
